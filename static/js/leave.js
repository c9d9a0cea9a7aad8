// Leave this page: see docs; the form works without this file.
