namespace RequestsAsync.Bulk;

/// <summary>How a job stands.</summary>
public enum FrontierState
{
    /// <summary>There is something to do, or there may still come something.</summary>
    Open,

    /// <summary>The input has ended, and all of it is done.</summary>
    Finished,

    /// <summary>It was cancelled: nothing more is leased, and what is in flight may still be settled.</summary>
    Cancelled,
}
