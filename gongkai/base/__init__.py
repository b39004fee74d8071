"""What everything stands on: problems, places, days, text, types of fields."""
