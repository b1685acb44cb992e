"""The public pages of a survey: anyone answers, without an account and without a name."""
