"""What is handed over around meetings: papers, the request, the hearing sheet, the tracker."""
