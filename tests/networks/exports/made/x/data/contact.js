window.YTD.contact.part0 = [
  {
    "contact": {
      "id": "1",
      "emails": [
        "ola@example.org"
      ],
      "phoneNumbers": [
        "+15550101"
      ]
    }
  }
]