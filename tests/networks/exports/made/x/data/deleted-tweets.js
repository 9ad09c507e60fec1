window.YTD.deleted_tweets.part0 = [
  {
    "tweet": {
      "id_str": "9",
      "full_text": "DELETED",
      "created_at": "Fri Nov 14 09:00:00 +0000 2025"
    }
  }
]