Console.Error.WriteLine("The fault rig's commands are not here yet: this program only knows how to check a history.");
return 2;
