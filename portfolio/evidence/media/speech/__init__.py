"""What is said in a recording, as a model of speech hears it."""
