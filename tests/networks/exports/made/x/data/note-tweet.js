window.YTD.note_tweet.part0 = [
  {
    "noteTweet": {
      "noteTweetId": "1",
      "createdAt": "2025-11-15T10:00:00.000Z",
      "core": {
        "text": "A long one, and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on and on ",
        "mentions": []
      }
    }
  }
]