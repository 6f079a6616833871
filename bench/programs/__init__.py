"""The programs that are started, asked and watched: servers, a client, what a command uses."""
