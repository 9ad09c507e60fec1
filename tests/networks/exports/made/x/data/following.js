window.YTD.following.part0 = [
  {
    "following": {
      "accountId": "98765432",
      "userLink": "https://twitter.com/intent/user?user_id=98765432"
    }
  }
]