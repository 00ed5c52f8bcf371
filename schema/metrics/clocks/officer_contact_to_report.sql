Reports by peace officers
