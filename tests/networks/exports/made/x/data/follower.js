window.YTD.follower.part0 = [
  {
    "follower": {
      "accountId": "1432874569021935616",
      "userLink": "https://twitter.com/intent/user?user_id=1432874569021935616"
    }
  }
]