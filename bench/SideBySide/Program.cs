using RequestsAsync.SideBySide;

return await CommandLine.RunAsync(args);
