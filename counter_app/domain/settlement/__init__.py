"""What the funds pay for a claim, in fen, and why: 基本医保 → 大病保险 → 医疗救助 (FACTS §4.3)."""
