namespace RequestsAsync.Bulk;

/// <summary>How a report looks.</summary>
internal static class ReportStyle
{
    /// <summary>The style sheet: light or dark as the reader's system is.</summary>
    public const string Css = """
        :root{color-scheme:light dark;--back:#fff;--box:#f4f6f8;--text:#1b1f24;--soft:#4d5763;--line:#d5dae0;--all:#2f6fd0;--bad:#c42f2f}
        @media(prefers-color-scheme:dark){:root{--back:#14171b;--box:#1e2329;--text:#e8ebee;--soft:#aab4bf;--line:#3a424c;--all:#6ea4f5;--bad:#f07f7f}}
        *{box-sizing:border-box}
        body{margin:0 auto;padding:1.5rem 1rem 3rem;max-width:60rem;background:var(--back);color:var(--text);font:16px/1.5 system-ui,sans-serif}
        h1{font-size:1.6rem;margin:0}h2{font-size:1.2rem;margin:2.2rem 0 .6rem}
        p{margin:.3rem 0}.soft,figcaption,.axis,.top,dt{color:var(--soft)}
        .numbers{display:grid;grid-template-columns:repeat(auto-fit,minmax(9rem,1fr));gap:.6rem;margin:1.2rem 0 0}
        .numbers div{background:var(--box);border-radius:.5rem;padding:.6rem .8rem}
        dt{font-size:.85rem}dd{margin:0;font-size:1.25rem;font-variant-numeric:tabular-nums;overflow-wrap:anywhere}
        figure{margin:0;background:var(--box);border-radius:.5rem;padding:.8rem}
        figcaption,.axis,.top{font-size:.85rem}figcaption{margin-top:.5rem}
        .axis{display:flex;justify-content:space-between}
        svg{display:block;width:100%;height:11rem;border-left:1px solid var(--line);border-bottom:1px solid var(--line)}
        .all{fill:var(--all)}.bad{fill:var(--bad)}
        .key{display:inline-block;width:.7em;height:.7em;background:var(--bad)}
        table{border-collapse:collapse;width:100%;font-size:.95rem;margin-top:1rem}
        caption{text-align:left;color:var(--soft);font-size:.85rem;padding-bottom:.3rem}
        th,td{text-align:right;padding:.3rem .4rem;border-bottom:1px solid var(--line);font-variant-numeric:tabular-nums;vertical-align:top}
        th:first-child,td:first-child,td.text,th.text{text-align:left;overflow-wrap:anywhere}
        tbody th{font-weight:400;min-width:9rem}td.text{min-width:9rem}
        thead th{color:var(--soft);font-weight:600;font-size:.85rem}
        @media(max-width:30rem){tbody th,td.text{min-width:7.5rem}body{padding:1rem .6rem 2rem}th,td{padding:.3rem .2rem}table{font-size:.85rem}}
        @media print{figure,.numbers div{break-inside:avoid}}
        """;
}
