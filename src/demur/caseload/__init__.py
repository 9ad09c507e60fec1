"""Who on the caseload is spoken of in a text, or may stand behind a profile."""
