"""The pages: plain HTML from the server, htmx for live typing, and views that only read, ask and show."""
