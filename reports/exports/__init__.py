"""A finished run in the formats of other programs: from the tables of a report's folder to named bytes."""
