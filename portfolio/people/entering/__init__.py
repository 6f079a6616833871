"""How people come in and go: sign-ins, their ends, passwords, and the limits on guessing."""
