window.YTD.protected_history.part0 = [
  {
    "protectedHistory": {
      "protectedAt": "2025-10-01T00:00:00.000Z",
      "action": "Protect"
    }
  },
  {
    "protectedHistory": {
      "protectedAt": "2025-11-01T00:00:00.000Z",
      "action": "Unprotect"
    }
  }
]