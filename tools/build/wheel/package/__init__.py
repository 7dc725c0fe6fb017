"""wcalc, a capacity planner for Python app servers: the program itself is an executable that this package installs."""
