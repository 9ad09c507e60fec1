"""How the reader's weights come about; nothing here is needed where Demur runs. Start with `make train`."""
