"""`python -m r2psched`."""

from r2psched.cli import main

if __name__ == "__main__":
    main()
