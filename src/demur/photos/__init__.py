"""What photos tell, read on this computer: hostile files in, plain facts out."""
