namespace OrchestratorTools.Clients.Vro.Report;

/// <summary>The style of a report. No character in it that XML would escape: inside a style element HTML takes it literally.</summary>
internal static class VroReportStyle
{
    public const string Sheet = """

        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { font: 14px/1.45 "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", sans-serif; color: #1b1f24; background: #ffffff; margin: 0 auto; padding: 24px 32px; max-width: 1080px; }
        h1 { font-size: 24px; margin: 0 0 4px; }
        h2 { font-size: 19px; margin: 32px 0 8px; padding-top: 12px; border-top: 2px solid #1b1f24; overflow-wrap: anywhere; }
        h3 { font-size: 15px; margin: 20px 0 6px; overflow-wrap: anywhere; }
        p { margin: 6px 0; max-width: 80ch; overflow-wrap: anywhere; }
        .lead { color: #444c56; }
        .note { border: 1px solid #1b1f24; border-left-width: 6px; padding: 8px 12px; margin: 10px 0; }
        table { border-collapse: collapse; width: 100%; margin: 8px 0; table-layout: auto; }
        th, td { text-align: left; vertical-align: top; padding: 4px 8px; border-bottom: 1px solid #c9d1d9; overflow-wrap: break-word; }
        th { font-weight: 600; border-bottom: 2px solid #57606a; overflow-wrap: normal; }
        td.n, th.n { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
        td.t { white-space: nowrap; font-variant-numeric: tabular-nums; }
        tr.group td { font-weight: 600; background: #f3f5f7; }
        tr.vm td { background: #fafbfc; }
        td.in1 { padding-left: 24px; }
        td.in2 { padding-left: 44px; }
        .facts { display: grid; grid-template-columns: max-content 1fr; column-gap: 20px; row-gap: 2px; margin: 8px 0; }
        .facts dt { font-weight: 600; }
        .facts dd { margin: 0; overflow-wrap: anywhere; }
        .tag { display: inline-block; border: 1.5px solid #1b1f24; border-radius: 3px; padding: 0 6px; font-weight: 600; white-space: nowrap; }
        .tag.bad { background: #1b1f24; color: #ffffff; }
        .tag.doubt { border-style: dashed; }
        svg { display: block; width: 100%; height: auto; margin: 4px 0 0; }
        svg text { font: 12px "Segoe UI", "Helvetica Neue", Arial, "Noto Sans", sans-serif; fill: #1b1f24; }
        svg text.small { font-size: 11px; fill: #444c56; }
        svg text.strong { font-weight: 600; }
        pre { font: 11px/1.4 Consolas, "DejaVu Sans Mono", Menlo, monospace; border: 1px solid #c9d1d9; padding: 10px; white-space: pre-wrap; overflow-wrap: anywhere; }
        code { font: 12px Consolas, "DejaVu Sans Mono", Menlo, monospace; overflow-wrap: anywhere; }
        @media print {
          @page { size: A4; margin: 14mm; }
          body { font-size: 10.5px; padding: 0; max-width: none; }
          h1 { font-size: 18px; } h2 { font-size: 15px; } h3 { font-size: 12px; }
          section.plan, section.data { break-before: page; }
          h2, h3 { break-after: avoid; }
          h2 { border-top: none; margin-top: 0; padding-top: 0; }
          tr, svg, .note, .facts { break-inside: avoid; }
          thead { display: table-header-group; }
          pre { font-size: 7px; border: none; padding: 0; column-count: 3; column-gap: 6mm; }
          * { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
        }

        """;
}
