namespace RequestsAsync;

/// <summary>Something that happens on the loop when its time has come.</summary>
internal interface ILoopTimer
{
    /// <summary>Where it stands in the <see cref="TimerHeap"/>, or -1 when it is not in it.</summary>
    int HeapIndex { get; set; }

    /// <summary>The time has come: make what follows ready to run. It must not throw.</summary>
    void Elapse();
}
