"""Bills as a station can check them: by their own form, their arithmetic, their payer (FACTS §4.2)."""
