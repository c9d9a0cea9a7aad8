"""What the program rests on: the locked packages, their licences, and the bill of materials made of both."""
