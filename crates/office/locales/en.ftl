office-title = Documents and direction
office-menu-group = Office
office-secret-refused = This document bears a secrecy stamp. Under the law on state secrets, a secret document may not be entered, sent or kept in this software: hand it to the person charged with secret papers, to be entered in the separate secret book. Nothing of it was kept here.
