window.YTD.tweets.part0 = [
  {
    "tweet": {
      "id_str": "1900000000000000001",
      "full_text": "Soup &amp; socks with @ola_b https://t.co/aaa https://t.co/bbb",
      "created_at": "Wed Nov 12 07:20:12 +0000 2025",
      "entities": {
        "user_mentions": [
          {
            "screen_name": "ola_b",
            "id_str": "2"
          }
        ],
        "urls": [
          {
            "url": "https://t.co/aaa",
            "expanded_url": "https://soup.example.org/1"
          }
        ],
        "media": [
          {
            "url": "https://t.co/bbb",
            "media_url_https": "https://pbs.example.org/media/AbC1.jpg",
            "type": "photo"
          }
        ]
      },
      "extended_entities": {
        "media": [
          {
            "url": "https://t.co/bbb",
            "media_url_https": "https://pbs.example.org/media/AbC1.jpg",
            "type": "photo"
          },
          {
            "url": "https://t.co/bbb",
            "media_url_https": "https://pbs.example.org/media/AbC2.jpg",
            "type": "photo",
            "ext_alt_text": "A bowl by the window"
          }
        ]
      },
      "coordinates": {
        "type": "Point",
        "coordinates": [
          "-106.65",
          "35.08"
        ]
      },
      "place": {
        "full_name": "Exampleton, NM"
      }
    }
  },
  {
    "tweet": {
      "id_str": "1900000000000000002",
      "full_text": "@ola_b see you there",
      "created_at": "Thu Nov 13 08:00:00 +0000 2025",
      "in_reply_to_status_id_str": "1899999999999999999",
      "in_reply_to_screen_name": "ola_b",
      "entities": {
        "user_mentions": [
          {
            "screen_name": "ola_b"
          }
        ]
      }
    }
  },
  {
    "tweet": {
      "id_str": "1900000000000000003",
      "full_text": "RT @news: somebody else",
      "created_at": "Thu Nov 13 09:00:00 +0000 2025"
    }
  }
]