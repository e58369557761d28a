"""The camera over any screen: F3 opens it, a code goes where a scanner's burst would."""
