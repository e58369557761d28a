"""What every form screen shares without Qt: states of fields, papers and verdicts, and the durable draft."""
