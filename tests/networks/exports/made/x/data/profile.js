window.YTD.profile.part0 = [
  {
    "profile": {
      "description": {
        "bio": "Soup &amp; socks",
        "website": "https://zoe.example.org",
        "location": "Exampleton"
      },
      "avatarMediaUrl": "https://pbs.example.org/profile_images/1/me.jpg"
    }
  }
]