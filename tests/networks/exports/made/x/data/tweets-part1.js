window.YTD.tweets.part1 = [
  {
    "tweet": {
      "id_str": "1900000000000000004",
      "full_text": "First line\nsecond line",
      "created_at": "Fri Nov 14 09:00:00 +0000 2025",
      "geo": {
        "type": "Point",
        "coordinates": [
          "35.08",
          "-106.65"
        ]
      }
    }
  }
]