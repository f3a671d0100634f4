"""An invented world to try the program with: no person, number or society in it exists."""
