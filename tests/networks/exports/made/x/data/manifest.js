window.__THAR_CONFIG = {
  "userInfo": {
    "accountId": "1",
    "userName": "zoe_muster",
    "displayName": "Zo\u00eb"
  },
  "archiveInfo": {
    "sizeBytes": "1",
    "generationDate": "2026-02-03T10:00:00.000Z",
    "isPartialArchive": false,
    "maxPartSizeBytes": "53687091200"
  },
  "dataTypes": {
    "tweets": {
      "files": [
        {
          "fileName": "data/tweets.js",
          "globalName": "YTD.tweets.part0",
          "count": "3"
        },
        {
          "fileName": "data/tweets-part1.js",
          "globalName": "YTD.tweets.part1",
          "count": "1"
        }
      ]
    },
    "directMessages": {
      "files": [
        {
          "fileName": "data/direct-messages.js",
          "globalName": "YTD.direct_messages.part0",
          "count": "1"
        }
      ]
    }
  }
}