namespace RequestsAsync.Cli;

/// <summary>Notes an option.</summary>
/// <param name="operation">What is described.</param>
/// <param name="value">The option's value; empty for one without.</param>
/// <param name="on">False after <c>--no-NAME</c>.</param>
/// <exception cref="CommandException">The value makes no sense.</exception>
internal delegate void CurlSetter(CurlOperation operation, string value, bool on);
