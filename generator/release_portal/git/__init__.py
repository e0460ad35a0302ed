"""Git as proof."""
