# Evidence of plans' runs: the page and the data, what stands in them, that nothing of a server's becomes markup, and how the page looks to a browser.
BeforeDiscovery {
    # Any browser that can print a page without a screen. Where there is none, the tests say that they were skipped.
    $script:browser = 'chromium', 'chromium-browser', 'google-chrome', 'chrome', 'msedge' | ForEach-Object { Get-Command $_ -CommandType Application -ErrorAction Ignore } | Select-Object -First 1
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1

    function Set-Plan {
        param([string] $Name, [hashtable] $As)
        Invoke-SimulatorCommand $simulator systems/vro/plan ($As + @{ name = $Name }) | Out-Null
    }

    function Read-Page {
        param([string] $Path)
        $settings = [Xml.XmlReaderSettings]@{ DtdProcessing = 'Ignore' }
        $reader = [Xml.XmlReader]::Create($Path, $settings)
        try {
            $page = [xml]::new()
            $page.Load($reader)
            $page
        }
        finally { $reader.Dispose() }
    }

    function Get-Sum {
        param([string] $Text)
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData([Text.Encoding]::UTF8.GetBytes($Text))).ToLower()
    }

    $simulator = Start-TestSimulator @{ Speed = 60 }
    $connection = Connect-TestVro $simulator @{ Name = 'drill' }
    $html = Join-Path $TestDrive report.html
    $json = Join-Path $TestDrive report.json
    Set-Plan dc1-web @{ vmCount = 11; runSeconds = 1500; failStep = '*tier 2/*/Process*'; state = 'Halted' }
    Set-Plan dc1-db @{ failStep = '*/*/Ping*'; failCount = 3; state = 'FailoverComplete' }
    Set-Plan dc2-san @{ runSeconds = 36000; state = 'Running' }
}

AfterAll {
    Get-OrchestratorConnection -System Vro | Disconnect-Vro -WarningAction SilentlyContinue
    Stop-OrchestratorSimulator $simulator
}

Describe 'Export-VroPlanReport' {
    BeforeEach {
        Remove-Item $html, $json -ErrorAction Ignore
        Clear-OrchestratorSimulatorFault -RequestLog
    }

    It 'writes one page about one plan: state, run, RTO, what failed, a time line, every part' {
        $file = Export-VroPlanReport dc1-web -Path $html -Rto 00:20:00 -PassThru
        $file | Should -BeOfType IO.FileInfo
        $file.FullName | Should -Be $html
        $page = Read-Page $html
        $page.html.head.title | Should -Be 'Recovery plan dc1-web'
        $text = $page.html.body.InnerText
        $text | Should -BeLike '*NOT REACHED*'
        $text | Should -BeLike "*Server$($simulator.Vro.Server.Authority), API v7.21 (Recovery Orchestrator 7.2.1*"
        $text | Should -BeLike '*by LAB\administrator*'
        $text | Should -BeLike '*tells neither who started the run nor from where*'
        $failed = @($page.SelectNodes("//section[1]/table[1]/tbody/tr"))
        $failed | Should -HaveCount 1
        @($failed[0].td)[0] | Should -Be 'dc1-web tier 2'
        $failed[0].InnerText | Should -BeLike "*Process Replica VM*FAILED*Step 'Process Replica VM' failed on VM*"
        # A picture for each group, a row for each VM, and in the table a row for every step too.
        $runtime = Get-VroPlanRuntime dc1-web -Recurse
        @($page.SelectNodes("//svg[@role='img']")).Count | Should -Be $runtime.Groups.Count
        @($page.SelectNodes("//svg//*[local-name()='text'][starts-with(normalize-space(.), 'dc1-web-')]")).Count | Should -Be 11
        $steps = @($runtime.Groups.Steps).Count + @($runtime.Groups.Vms.Steps).Count
        @($page.SelectNodes('//section[1]/table[last()]/tbody/tr')).Count | Should -Be ($runtime.Groups.Count + 11 + $steps)
        $page.SelectNodes('//section[1]/table[last()]/tbody/tr[starts-with(td, "1. Shut Down Source VM")]')[0].ChildNodes[2].InnerText | Should -Match '^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$'
    }

    It 'has a checksum of its data that anybody can recompute, the same in both formats' {
        Export-VroPlanReport dc1-web, dc1-db -Path $html -Rto 00:20:00
        $page = Read-Page $html
        $data = $page.SelectSingleNode("//pre[@id='data']").InnerText
        $page.SelectSingleNode("//code[@id='sha256']").InnerText | Should -Be (Get-Sum $data)
        ($data | ConvertFrom-Json).plans.name | Should -Be 'dc1-db', 'dc1-web'

        Export-VroPlanReport dc1-web -Path $json -Format Json
        $text = Get-Content -Raw -LiteralPath $json
        $from = $text.IndexOf('"data": ') + '"data": '.Length
        $raw = $text.Substring($from, $text.LastIndexOf('}') - $from).TrimEnd()
        ($text | ConvertFrom-Json).sha256 | Should -Be (Get-Sum $raw)
        ($text | ConvertFrom-Json).hashed | Should -BeLike '*exactly as it stands in this file*'
    }

    It 'measures runs: <Plan> against <Rto> is <Kept>' -ForEach @(
        @{ Plan = 'dc1-db'; Rto = '00:01:00'; Kept = $true }
        @{ Plan = 'dc1-db'; Rto = '00:00:59'; Kept = $false }
        @{ Plan = 'dc1-web'; Rto = '10:00:00'; Kept = $false }
        @{ Plan = 'dc2-san'; Rto = '00:00:01'; Kept = $null }
        @{ Plan = 'dc2-files'; Rto = '00:00:01'; Kept = $null }
    ) {
        Export-VroPlanReport $Plan -Path $json -Format Json -Rto $Rto
        (Get-Content -Raw -LiteralPath $json | ConvertFrom-Json).data.plans[0].keptRto | Should -Be $Kept
    }

    It 'takes many plans by pipeline, each once, and returns nothing without -PassThru' {
        Get-VroPlan dc1-*, dc2-* | Export-VroPlanReport -Path $html | Should -BeNullOrEmpty
        $page = Read-Page $html
        @($page.SelectNodes("//section[@class='plan']")).Count | Should -Be 8
        Get-VroPlan dc1-web, dc1-web | Export-VroPlanReport -Path $json -Format Json
        @((Get-Content -Raw -LiteralPath $json | ConvertFrom-Json).data.plans).Count | Should -Be 1
        Get-OrchestratorSimulatorRequest Vro | Where-Object Method -NE GET | Should -BeNullOrEmpty
    }

    It 'shows a plan called <_> as that' -ForEach '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', "'; drop -- & &amp; ]]>" {
        $plan = Get-VroPlan dc1-web
        $groups = ConvertTo-Json -Depth 5 @{ data = @(@{ id = 'g'; name = $_; state = 'Complete'; result = 'Error'; details = $_ }) }
        $body = ConvertTo-Json @{ id = $plan.Id; name = $_; planType = $_; description = $_; state = $_; stateName = $_; siteScopeName = $_ }
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path "*/v7.21/Plans/$($plan.Id)" -Body $body -ContentType application/json -Count 0
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path "*/RuntimeDetails/Plans/$($plan.Id)/Groups" -Body $groups -ContentType application/json -Count 0
        Add-OrchestratorSimulatorFault Vro ReplaceBody -Path "*/RuntimeDetails/Plans/$($plan.Id)/Groups/g*" -Body '{"data":[]}' -ContentType application/json -Count 0
        $plan | Export-VroPlanReport -Path $html
        Clear-OrchestratorSimulatorFault
        $page = Read-Page $html
        $page.SelectSingleNode('//h2').InnerText | Should -Be $_
        $page.GetElementsByTagName('script').Count | Should -Be 0
        $page.GetElementsByTagName('img').Count | Should -Be 0
        @($page.SelectNodes('//@onerror')).Count | Should -Be 0
        $page.DocumentElement.InnerText | Should -BeLike "*$([wildcardpattern]::Escape($_))*"
    }

    It 'says of a plan whose details a restart has emptied that they are gone' {
        $other = Start-TestSimulator
        Connect-TestVro $other @{ NotDefault = $true; Name = 'restarted' } | Out-Null
        Invoke-SimulatorCommand $other systems/vro/restart | Out-Null
        Export-VroPlanReport dc1-legacy -Connection restarted -Path $html -WarningVariable warned -WarningAction SilentlyContinue
        "$warned" | Should -BeLike "*'dc1-legacy'*no runtime details*"
        $page = Read-Page $html
        $page.html.body.InnerText | Should -BeLike '*it forgets them when it restarts*FailoverComplete*'
        @($page.SelectNodes("//svg[@role='img']")).Count | Should -Be 0
        Disconnect-Vro restarted
        Stop-OrchestratorSimulator $other
    }

    It 'names in the report what could not be read, and goes on' {
        Add-OrchestratorSimulatorFault Vro Status -Status 403 -Path "*/RuntimeDetails/Plans/$((Get-VroPlan dc1-erp).Id)" -Count 0
        Export-VroPlanReport dc1-erp, dc1-web, nothing -Path $html -ErrorAction SilentlyContinue -ErrorVariable failed
        Clear-OrchestratorSimulatorFault
        $failed.FullyQualifiedErrorId | ForEach-Object { $_.Split(',')[0] } | Sort-Object | Should -Be 'Vro.NotFound', 'Vro.Permission'
        $page = Read-Page $html
        @($page.SelectNodes('//li')).InnerText | Should -BeLike '*:*'
        @($page.SelectNodes('//li'))[0].InnerText | Should -BeLike 'dc1-erp:*'
        @($page.SelectNodes('//li'))[1].InnerText | Should -BeLike 'nothing:*there is no such plan*'
        @($page.SelectNodes("//section[@class='plan']")).Count | Should -Be 1
    }

    It 'writes nothing where nothing was read' {
        Export-VroPlanReport nothing -Path $html -ErrorAction SilentlyContinue -WarningAction SilentlyContinue -WarningVariable warned
        $html | Should -Not -Exist
        "$warned" | Should -BeLike '*not written*'
    }

    It 'replaces a file only with -Force, asks nobody before it, and leaves no half file' {
        Set-Content -LiteralPath $html -Value 'old'
        { Export-VroPlanReport dc1-web -Path $html } | Should -Throw -ErrorId 'Vro.BadParameter,OrchestratorTools.Vro.ExportVroPlanReportCommand'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
        Export-VroPlanReport dc1-web -Path $html -WhatIf -Force
        Get-Content -LiteralPath $html | Should -Be 'old'
        Export-VroPlanReport dc1-web -Path $html -Force
        (Read-Page $html).html.lang | Should -Be 'en'
        @(Get-ChildItem -LiteralPath $TestDrive -Force -Filter '*.tmp').Count | Should -Be 0
    }

    It 'leaves the old file whole when it is stopped or the new one cannot be written' -Skip:$IsWindows {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive locked)
        $file = Join-Path $folder r.html
        Set-Content -LiteralPath $file -Value 'old'
        $begun = Start-AtHost "Add-OrchestratorSimulatorFault Vro Latency -Milliseconds 5000 -Path '*/Vms/*' -Count 0; Export-VroPlanReport dc1-web -Connection drill -Path '$file' -Force"
        Wait-Until { @(Get-OrchestratorSimulatorRequest Vro -Path '*/Vms/*').Count -gt 0 }
        $begun.Shell.Stop()
        (Complete-AtHost $begun).Output | Should -BeNullOrEmpty
        Clear-OrchestratorSimulatorFault
        Get-Content -LiteralPath $file | Should -Be 'old'
        @(Get-ChildItem -LiteralPath $folder -Force).Count | Should -Be 1
    }

    It 'refuses <Name> before it asks anything' -ForEach @(
        @{ Name = 'a folder'; More = @{ Path = 'TestDrive:\' } }
        @{ Name = 'a folder that there is not'; More = @{ Path = 'TestDrive:\none\r.html' } }
        @{ Name = 'what is no file system'; More = @{ Path = 'env:r' } }
        @{ Name = 'no time at all'; More = @{ Path = 'TestDrive:\r.html'; Rto = [timespan]::Zero } }
        @{ Name = 'a negative time'; More = @{ Path = 'TestDrive:\r.html'; Rto = [timespan]'-00:10:00' } }
    ) {
        { Export-VroPlanReport dc1-web @More } | Should -Throw -ErrorId 'Vro.BadParameter,*'
        Get-OrchestratorSimulatorRequest Vro | Should -BeNullOrEmpty
    }

    It 'refuses what is no plan' {
        'dc1-web' | Export-VroPlanReport -Path $html -ErrorAction SilentlyContinue -ErrorVariable failed -WarningAction SilentlyContinue
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'Vro.BadParameter,*'
    }

    It 'needs nothing from anywhere' {
        Get-VroPlan | Export-VroPlanReport -Path $html -Rto 00:20:00
        $text = Get-Content -Raw -LiteralPath $html
        $text | Should -Not -Match '(?i)https?:|@import|<script|<link|<img|<iframe|\ssrc=|\shref='
        [regex]::Matches($text, 'url\([^)]*\)').Value | Should -BeLike 'url(#*'
        $text | Should -BeLike "*Content-Security-Policy*default-src 'none'*"
    }
}

Describe 'The page in a browser' {
    BeforeAll {
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive seen)
        $page = Join-Path $folder page.html
        Get-VroPlan dc1-* | Export-VroPlanReport -Path $page -Rto 00:20:00 -Force
        if ($browser) {
            # What it would ask of anybody goes to a proxy that is not there; what it says is in its log.
            $common = '--headless=new', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-extensions', "--user-data-dir=$folder/profile", '--proxy-server=127.0.0.1:9', '--proxy-bypass-list=<-loopback>', '--enable-logging=stderr', '--log-level=0', "--log-net-log=$folder/net.json"
            $log = & $browser.Source @common '--window-size=1120,2400' "--screenshot=$folder/page.png" "file://$page" 2>&1 | Out-String
            & $browser.Source @common '--no-pdf-header-footer' "--print-to-pdf=$folder/page.pdf" "file://$page" 2>&1 | Out-Null
            $dom = & $browser.Source @common '--dump-dom' "file://$page" 2>$null | Out-String
        }
    }

    It 'is drawn and printed, on more than one page' -Skip:(-not $browser) {
        (Get-Item "$folder/page.png").Length | Should -BeGreaterThan 50KB
        $pdf = [Text.Encoding]::Latin1.GetString([IO.File]::ReadAllBytes("$folder/page.pdf"))
        [regex]::Matches($pdf, '/Type\s*/Page\b').Count | Should -BeGreaterThan 5
    }

    It 'says nothing on the console' -Skip:(-not $browser) {
        $log | Should -Not -Match 'CONSOLE'
    }

    It 'asks nobody for anything' -Skip:(-not $browser) {
        $asked = [regex]::Matches((Get-Content -Raw "$folder/net.json"), '"url":"([^"]+)"') | ForEach-Object { $_.Groups[1].Value } | Where-Object { $_ -notlike 'file:*' -and $_ -notlike 'data:*' -and $_ -notlike 'chrome*' }
        # The browser itself may call home in spite of its switches: never on behalf of the page.
        $asked | Where-Object { $_ -notmatch 'google|gvt1|gstatic|mozilla|microsoft' } | Should -BeNullOrEmpty
    }

    It 'is read as it was written' -Skip:(-not $browser) {
        [regex]::Match($dom, '<code id="sha256">([0-9a-f]{64})').Groups[1].Value | Should -Be (Get-Sum ([Net.WebUtility]::HtmlDecode([regex]::Match($dom, '(?s)<pre id="data">(.*?)</pre>').Groups[1].Value)))
    }
}
