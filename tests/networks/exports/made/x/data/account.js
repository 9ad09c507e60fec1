window.YTD.account.part0 = [
  {
    "account": {
      "email": "zoe@example.org",
      "createdVia": "web",
      "username": "zoe_muster",
      "accountId": "1",
      "createdAt": "2010-01-01T00:00:00.000Z",
      "accountDisplayName": "Zoë"
    }
  }
]