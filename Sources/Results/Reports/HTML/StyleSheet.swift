/// How the pages of reports look: light and dark, on a telephone, on a screen and on paper.
///
/// Colours of series are told apart by people who see few of them (after Paul Tol, "Colour Schemes", technical note
/// SRON/EPS/TN/09-002, 2021, the scheme *vibrant*), and are darkened or lightened to a contrast of 3 with the
/// background. Text has at least 4.5 (Web Content Accessibility Guidelines 2.2, 1.4.3 and 1.4.11).
enum StyleSheet {
    /// The rules; they have none of the characters that HTML would escape.
    static let css = """
        :root{color-scheme:light dark;--page:#f6f7f9;--card:#fff;--ink:#16191d;--soft:#59616c;--rule:#dfe3e8;--grid:#e9ecf0;
        --link:#0b61a4;--good:#12703c;--bad:#b3261e;--caution:#8a5a00;--good-tint:#e6f4ea;--bad-tint:#fdecea;
        --caution-tint:#fdf3dc;--neutral-tint:#eef1f4;--shade:#f0f2f5;--fault:#fbe3e0;
        --c0:#0072b2;--c1:#d55e00;--c2:#008573;--c3:#b8478f;--c4:#6a4fb3;--c5:#8a6d00;--base:#78818d}
        @media (prefers-color-scheme:dark){:root{--page:#111417;--card:#191d21;--ink:#e9ecef;--soft:#a2abb5;--rule:#2f353c;
        --grid:#272d33;--link:#6fb7ee;--good:#62cf8d;--bad:#ff8f85;--caution:#eab94d;--good-tint:#14301f;--bad-tint:#3b1a18;
        --caution-tint:#352a10;--neutral-tint:#242a30;--shade:#21262b;--fault:#3a2120;
        --c0:#4fb0ec;--c1:#f58f4a;--c2:#3cc4ad;--c3:#ea86c2;--c4:#a995f0;--c5:#d8b73a;--base:#97a1ac}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--page);color:var(--ink);font:16px/1.5 -apple-system,BlinkMacSystemFont,
        "Segoe UI",Roboto,"Helvetica Neue","Noto Sans","Liberation Sans",Arial,sans-serif;font-variant-numeric:tabular-nums}
        main,.top,footer{max-width:70rem;margin:0 auto;padding:0 1.5rem}
        a{color:var(--link);text-underline-offset:.15em}
        h1,h2,h3,p{margin:0;text-wrap:pretty}
        h1,h2,h3,p,li{overflow-wrap:anywhere}
        h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em}
        h2{font-size:1.25rem;letter-spacing:-.01em;margin:3rem 0 1rem}
        h3{font-size:1rem}
        code,pre,.mono{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace}
        pre{margin:.5rem 0;padding:.875rem 1rem;background:var(--neutral-tint);border-radius:8px;white-space:pre-wrap;
        overflow-wrap:anywhere}
        .soft{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}.caution{color:var(--caution)}
        .top{padding-top:2rem}
        .verdict{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1.5rem;align-items:center;background:var(--card);
        border:1px solid var(--rule);border-radius:14px;padding:1.5rem;border-left:10px solid var(--soft)}
        .verdict.good{border-left-color:var(--good)}.verdict.bad{border-left-color:var(--bad)}
        .verdict.caution{border-left-color:var(--caution)}
        .verdict,.verdict.good,.verdict.bad,.verdict.caution{color:var(--ink)}
        .word{font-size:2.25rem;line-height:1.1;font-weight:750;letter-spacing:-.02em;white-space:nowrap}
        .verdict.good .word{color:var(--good)}.verdict.bad .word{color:var(--bad)}.verdict.caution .word{color:var(--caution)}
        .verdict .more{grid-column:1/-1}
        .facts{display:flex;flex-wrap:wrap;gap:.125rem 1.25rem;margin:.75rem 0 0;padding:0;list-style:none;font-size:.875rem;
        color:var(--soft)}
        nav{margin:1rem 0 0;font-size:.9375rem}
        nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin:0;padding:0;list-style:none}
        .tiles{display:grid;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr));gap:.75rem;margin:1rem 0 0;padding:0}
        .tile{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:.875rem 1rem}
        .tile dt{font-size:.8125rem;color:var(--soft)}
        .tile dd{margin:0;font-size:1.5rem;line-height:1.25;font-weight:650;letter-spacing:-.01em}
        .tile dd+dd{font-size:.8125rem;font-weight:400;color:var(--soft);letter-spacing:0;line-height:1.4}
        .card,figure.plot{background:var(--card);border:1px solid var(--rule);border-radius:12px;padding:1.25rem;margin:0 0 1rem}
        .note{border-left:4px solid var(--caution);background:var(--caution-tint);padding:.625rem 1rem;border-radius:6px;
        margin:.75rem 0 0}
        .note.bad{border-left-color:var(--bad);background:var(--bad-tint);color:var(--ink)}
        .note p+p{margin-top:.375rem}
        table{border-collapse:collapse;width:100%;font-size:.9375rem}
        caption{text-align:left;color:var(--soft);font-size:.8125rem;padding:0 0 .5rem}
        th,td{padding:.4rem .75rem .4rem 0;text-align:left;vertical-align:baseline;border-bottom:1px solid var(--rule)}
        th:last-child,td:last-child{padding-right:0}
        thead th{font-size:.8125rem;font-weight:500;color:var(--soft);white-space:nowrap}
        tbody th{font-weight:500}
        tbody tr:last-child th,tbody tr:last-child td{border-bottom:0}
        .number{text-align:right;white-space:nowrap}
        .scroll{overflow-x:auto;position:relative}
        .number+:not(.number){padding-left:1.25rem}
        .card h3{margin-bottom:.5rem}
        .pairs{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,15rem),1fr));gap:.875rem 1.5rem;margin:0}
        .pairs dt{font-size:.8125rem;color:var(--soft)}.pairs dd{margin:0;overflow-wrap:anywhere}
        .sign{margin-right:.35em}
        .state{white-space:nowrap;font-weight:600;width:1%;padding-right:1rem}
        .meter{min-width:7rem;width:18%;vertical-align:middle}
        .meter svg{display:block}.limit{white-space:nowrap}
        .meter .track{fill:var(--neutral-tint)}.meter .limit{stroke:var(--ink);stroke-width:2}
        .meter .fill{fill:var(--good)}.meter .fill.plain,.meter .fill.soft{fill:var(--base)}.meter .whisker{stroke:var(--base);stroke-width:3}.meter .fill.bad{fill:var(--bad)}.meter .fill.caution{fill:var(--caution)}
        .remark{color:var(--soft);font-size:.875rem;margin-top:.5rem}.lead{margin-bottom:1rem}.strong{font-weight:650}.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        details{margin:.75rem 0 0}
        summary{cursor:pointer;color:var(--link);font-size:.9375rem}
        summary+*{margin-top:.75rem}
        figcaption p{color:var(--soft);font-size:.9375rem;margin-top:.25rem;max-width:50rem}
        .canvas{padding:1.75rem 1rem 2.75rem 4.25rem}
        .canvas.spanned{padding-top:3.25rem}.canvas.faulted{padding-top:4.5rem}
        .picture{display:block;overflow:visible}
        .picture text{font-size:12px;fill:var(--soft)}
        .picture .axis{font-size:12px}
        .picture .name{font-size:13px;fill:var(--ink)}
        .grid{stroke:var(--grid)}
        .stub{stroke:var(--soft);opacity:.5}
        .line,.band,.dots,.whisker{vector-effect:non-scaling-stroke}
        .line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}
        .dashed{stroke-dasharray:7 5;stroke-width:1.75}.before{stroke-width:1.25;opacity:.7}.goal{stroke-width:6;opacity:.4;stroke-linecap:butt}
        .band{stroke:none;opacity:.16}
        .dots{fill:none;stroke-width:7;stroke-linecap:round}
        .whisker{fill:none;stroke-width:1.5}
        .leader{stroke-dasharray:1 4;opacity:.7}
        .hook{fill:none}
        .c0{stroke:var(--c0)}.c1{stroke:var(--c1)}.c2{stroke:var(--c2)}.c3{stroke:var(--c3)}.c4{stroke:var(--c4)}
        .c5{stroke:var(--c5)}.base{stroke:var(--base)}
        .band.c0{fill:var(--c0)}.band.c1{fill:var(--c1)}.band.c2{fill:var(--c2)}.band.c3{fill:var(--c3)}
        .band.c4{fill:var(--c4)}.band.c5{fill:var(--c5)}.band.base{fill:var(--base)}
        .shade.unreported{fill:var(--shade)}.shade.fault{fill:var(--fault);opacity:.55}
        .span{overflow:hidden}.span.fault,.data{overflow:visible}
        .span rect{fill:var(--neutral-tint);stroke:var(--card);stroke-width:2}
        .span.fault rect{fill:var(--fault)}
        .picture .span text{font-size:11.5px}
        .picture .span.fault text{fill:var(--bad)}
        .picture .span.phase text{fill:var(--ink)}
        .legend{display:flex;flex-wrap:wrap;gap:.125rem 1.25rem;list-style:none;margin:.75rem 0 0;padding:0;font-size:.875rem}
        .legend li{display:flex;gap:.5rem;align-items:center}
        .key{flex:none}
        .columns{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem;align-items:start}
        .columns .card{margin:0}
        footer{padding-top:2rem;padding-bottom:3rem;color:var(--soft);font-size:.8125rem}
        @media (min-width:46rem){.labelled{padding-right:min(var(--names),40%)}.legend.narrow{display:none}}
        @media (max-width:46rem){
        main,.top,footer{padding-left:1rem;padding-right:1rem}
        .verdict{grid-template-columns:minmax(0,1fr);padding:1.125rem}
        .word{white-space:normal;overflow-wrap:anywhere}
        .labels,.minor,.gates .wide,.gates .meter,.gates .margin{display:none}
        .gates .state{padding-right:.5rem}
        .gates .state .word-of{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
        .number+:not(.number){padding-left:.75rem}
        .card,figure.plot{padding:1rem .875rem}
        .canvas{padding-left:3.75rem;padding-right:.75rem}
        .tiles{grid-template-columns:1fr 1fr}
        .tile{padding:.75rem .875rem}.tile dd{font-size:1.25rem}
        }
        @media print{
        :root{color-scheme:light;--page:#fff;--card:#fff;--ink:#000;--soft:#444b54;--rule:#cfd4da;--grid:#e3e6ea;
        --link:#000;--good:#12703c;--bad:#b3261e;--caution:#8a5a00;--good-tint:#e6f4ea;--bad-tint:#fdecea;
        --caution-tint:#fdf3dc;--neutral-tint:#eef1f4;--shade:#f0f2f5;--fault:#fbe3e0;
        --c0:#0072b2;--c1:#d55e00;--c2:#008573;--c3:#b8478f;--c4:#6a4fb3;--c5:#8a6d00;--base:#78818d}
        body{font-size:11pt;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        nav,.figures{display:none}
        details::details-content{content-visibility:visible;block-size:auto}
        .card,figure.plot,.tile,.verdict{break-inside:avoid}
        h2{break-after:avoid;margin-top:1.5rem}
        main,.top,footer{max-width:none;padding-left:0;padding-right:0}
        }
        """
}
