"""What must hold on the real broker when things go wrong."""
