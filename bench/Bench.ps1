#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Measures OrchestratorTools against what a user would write by hand and against the wire. Prints one table of ratios, all of one run.
.DESCRIPTION
    The other sides: curl (the wire), Invoke-RestMethod (by hand), Microsoft.PowerShell.ThreadJob (a compiled module of the usual size). Everything runs against the simulator on this
    machine, in turns, so that a slow minute hits all sides. Absolute times say more about the machine than about the module; the ratios are what counts.
.EXAMPLE
    ./build.ps1 Bench
.EXAMPLE
    pwsh ./bench/Bench.ps1 -Row Edges, Import
#>
[CmdletBinding()]
param(
    [ValidateSet('Upload', 'Template', 'Download', 'Memory', 'Edges', 'Limiter', 'Events', 'Import')]
    [string[]] $Row = @('Import', 'Edges', 'Limiter', 'Events', 'Upload', 'Template', 'Download', 'Memory'),

    # The size of the file of the Upload, Template and Download rows, in MiB.
    [int] $SizeMB = 4096,

    # The size of the sparse file of the Memory row, in GiB. What is downloaded is not sparse: it is left out where the disk has no room for it.
    [int] $SparseGB = 40,

    # Interleaved runs of each side.
    [int] $Runs = 5
)

$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot -Parent
$module = Join-Path $root 'out' 'OrchestratorTools' 'OrchestratorTools.psd1'
$pwsh = [Environment]::ProcessPath
Import-Module $module
$table = [Collections.Generic.List[object]]::new()
$work = Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-bench-$PID"
$null = New-Item -ItemType Directory $work
$env:ORCHESTRATORTOOLS_STATE = Join-Path $work 'state'

function Get-Median([double[]] $Value) {
    $sorted = @($Value | Sort-Object)
    $sorted[[int][math]::Floor(($sorted.Count - 1) / 2)]
}

function Add-Row($What, $Ours, $Other, $Ratio, $Goal, [bool] $Met) {
    $table.Add([pscustomobject]@{ Measured = $What; OrchestratorTools = $Ours; Other = $Other; Ratio = $Ratio; Goal = $Goal; Met = if ($Met) { 'yes' } else { 'NO' } })
    Write-Host ("{0}: {1} / {2} = {3} ({4})" -f $What, $Ours, $Other, $Ratio, $Goal)
}

# Runs a script in a new process and returns what it prints.
function Invoke-New([string] $Script) {
    $file = Join-Path $work "$([guid]::NewGuid()).ps1"
    Set-Content -LiteralPath $file -Value $Script
    $output = & $pwsh -NoProfile -NonInteractive -File $file
    if ($LASTEXITCODE) { throw "A measured process failed: $output" }
    $output
}

# The largest resident size that this process had, in MiB: Linux tells; elsewhere the framework does.
$peakScript = 'if (Test-Path /proc/self/status) { [double]((Select-String -Path /proc/self/status -Pattern "VmHWM:\s+(\d+)").Matches[0].Groups[1].Value) / 1024 } else { [Diagnostics.Process]::GetCurrentProcess().PeakWorkingSet64 / 1MB }'

function Get-Prelude($Simulator) {
    @"
`$ErrorActionPreference = 'Stop'
`$ProgressPreference = 'SilentlyContinue'
`$env:ORCHESTRATORTOOLS_STATE = '$($env:ORCHESTRATORTOOLS_STATE)'
Import-Module '$module'
`$pin = @{ ServerCertificateThumbprint = '$($Simulator.CertificateThumbprint)'; NoProxy = `$true }
function Secret(`$text) { ConvertTo-SecureString `$text -AsPlainText }
`$null = Connect-Vcd $($Simulator.Vcd.Server) -Organization $($Simulator.Vcd.Organization) -Token (Secret '$(ConvertFrom-SecureString $Simulator.Vcd.Token -AsPlainText)') @pin
`$null = Connect-VeloCloud $($Simulator.VeloCloud.Server) -Token (Secret '$(ConvertFrom-SecureString ($Simulator.VeloCloud.Users | Where-Object Tier -EQ operator).Token -AsPlainText)') @pin
"@
}

function New-SparseFile($Path, [long] $Length) {
    $stream = [IO.File]::Create($Path)
    if ($IsWindows) { fsutil sparse setflag $Path | Out-Null }
    $stream.SetLength($Length)
    $stream.Dispose()
}

# An OVF whose disk is sparse, with a manifest of the algorithm where one is named. Returns the descriptor.
function New-SparseTemplate($Name, [long] $Length, $Algorithm) {
    $folder = New-Item -ItemType Directory (Join-Path $work $Name)
    $disk = Join-Path $folder 'disk.vmdk'
    New-SparseFile $disk $Length
    $ovf = Join-Path $folder "$Name.ovf"
    Set-Content $ovf "<Envelope xmlns=""http://schemas.dmtf.org/ovf/envelope/1"" xmlns:ovf=""http://schemas.dmtf.org/ovf/envelope/1""><References><File ovf:id=""disk"" ovf:href=""disk.vmdk"" ovf:size=""$Length""/></References></Envelope>"
    if ($Algorithm) {
        Get-Item $ovf, $disk | ForEach-Object { "$Algorithm($($_.Name))= $((Get-FileHash $_ -Algorithm $Algorithm).Hash)" } | Set-Content (Join-Path $folder "$Name.mf")
    }
    $ovf
}

# An upload of its own at the server, made by hand: the transfer address that curl and Invoke-RestMethod send to.
function New-TransferAddress([long] $Length, [string] $Name) {
    $catalog = Get-VcdCatalog iso
    $body = "<Media xmlns=""http://www.vmware.com/vcloud/v1.5"" name=""$Name"" size=""$Length"" imageType=""iso""/>"
    $item = Invoke-VcdRequest -Method Post -Uri "$($catalog.Href)/action/upload" -Body $body -ContentType 'application/vnd.vmware.vcloud.media+xml' -Confirm:$false
    $entity = $item.SelectSingleNode('//*[local-name()="Entity"]').GetAttribute('href')
    $media = Invoke-VcdRequest $entity
    $media.SelectSingleNode('//*[local-name()="Link" and @rel="upload:default"]').GetAttribute('href')
}

# A command of the simulator's control address that no cmdlet covers (docs/simulator.md).
function Invoke-Control($Simulator, [string] $Command, [hashtable] $Body, [string] $System = 'vcd') {
    $null = Invoke-RestMethod -NoProxy -Method Post -Uri "$($Simulator.ControlServer)systems/$System/$Command" -Headers @{ 'X-Control-Token' = (ConvertFrom-SecureString $Simulator.ControlToken -AsPlainText) } -ContentType 'application/json' -Body (ConvertTo-Json $Body)
}

# A media of so many bytes at the server, made from a seed, and the address that it is downloaded from, opened by hand.
function New-DownloadAddress([string] $Name) {
    $href = (Get-VcdCatalogItem $Name -Catalog iso).EntityHref
    $task = Invoke-VcdRequest -Method Post -Uri "$href/action/enableDownload" -Confirm:$false
    $null = Wait-VcdTask $task.DocumentElement.GetAttribute('href')
    (Invoke-VcdRequest $href).SelectSingleNode('//*[local-name()="Link" and @rel="download:default"]').GetAttribute('href')
}

try {
    if ('Import' -in $Row) {
        $ours = @(); $others = @()
        # What is measured is Import-Module in a process that has just started, with nothing else in it.
        $measure = { param($target) Invoke-New "`$w = [Diagnostics.Stopwatch]::StartNew(); Import-Module '$target'; `$w.Elapsed.TotalMilliseconds" }
        if (Get-Module Microsoft.PowerShell.ThreadJob -ListAvailable) {
            foreach ($run in 1..11) {
                $ours += [double](& $measure $module)
                $others += [double](& $measure 'Microsoft.PowerShell.ThreadJob')
            }
            $a = Get-Median $ours; $b = Get-Median $others
            Add-Row 'import, ms (median of 11 new processes); other: Microsoft.PowerShell.ThreadJob' ('{0:0.0}' -f $a) ('{0:0.0}' -f $b) ('{0:0.00}' -f ($a / $b)) 'at most 1.5' ($a / $b -le 1.5)
        }
        else {
            Write-Host 'import: Microsoft.PowerShell.ThreadJob is not on this machine; not measured.'
        }
    }

    if ('Edges' -in $Row) {
        $simulator = Start-OrchestratorSimulator -EdgeCount 20000
        $operator = $simulator.VeloCloud.Users | Where-Object Tier -EQ operator
        $pin = @{ ServerCertificateThumbprint = $simulator.CertificateThumbprint; NoProxy = $true }
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Token $operator.Token @pin
        $token = ConvertFrom-SecureString $operator.Token -AsPlainText
        $enterprises = @(Get-VeloCloudEnterprise)
        $uri = "$($simulator.VeloCloud.Server)portal/rest/enterprise/getEnterpriseEdges"
        $headers = @{ Authorization = "Token $token" }

        # The same pages for all three sides; by hand first, which also tells curl the links.
        $bodies = [Collections.Generic.List[string]]::new()
        $byHand = {
            foreach ($enterprise in $enterprises) {
                $parameters = @{ enterpriseId = $enterprise.Id; limit = 2048 }
                do {
                    $body = ConvertTo-Json $parameters -Compress
                    $bodies.Add($body)
                    $page = Invoke-RestMethod -NoProxy -SkipCertificateCheck -Method Post -Uri $uri -Headers $headers -ContentType 'application/json' -Body $body
                    $page.data
                    $parameters.nextPageLink = $page.metaData.nextPageLink
                } while ($page.metaData.more)
            }
        }
        $count = @(& $byHand).Count
        $config = Join-Path $work 'curl.config'
        Set-Content $config (@(foreach ($body in @($bodies)) {
                    "url = ""$uri""", 'insecure', 'silent', 'noproxy = "*"', "header = ""Authorization: Token $token""", 'header = "Content-Type: application/json"', "data = ""$($body.Replace('\', '\\').Replace('"', '\"'))""", 'output = "/dev/null"', 'next'
                }) | Select-Object -SkipLast 1)
        $ours = @(); $hand = @(); $curl = @()
        $listed = 0
        foreach ($run in 0..$Runs) {
            $bodies.Clear()
            $a = (Measure-Command { $script:listed = @($enterprises | Get-VeloCloudEdge).Count }).TotalSeconds
            $b = (Measure-Command { @(& $byHand).Count }).TotalSeconds
            $c = (Measure-Command { curl --config $config }).TotalSeconds
            if ($LASTEXITCODE) { throw "curl ended with $LASTEXITCODE" }
            # The first run warms up all three.
            if ($run) { $ours += $a; $hand += $b; $curl += $c }
        }
        if ($listed -ne $count) { throw "listed $listed of $count" }
        $a = Get-Median $ours; $b = Get-Median $hand; $c = Get-Median $curl
        Add-Row "$count edges, s; other: Invoke-RestMethod loop" ('{0:0.00}' -f $a) ('{0:0.00}' -f $b) ('{0:0.0}' -f ($b / $a)) 'at least 5 times as fast' ($b / $a -ge 5)
        Add-Row "$count edges, s; other: curl, the same pages in one process" ('{0:0.00}' -f $a) ('{0:0.00}' -f $c) ('{0:0.00}' -f ($a / $c)) 'at most 3' ($a / $c -le 3)

        $bare = Get-Median @(1..3 | ForEach-Object { [double](Invoke-New $peakScript) })
        $streaming = Get-Median @(1..3 | ForEach-Object { [double](Invoke-New "$(Get-Prelude $simulator)`nGet-VeloCloudEnterprise | Get-VeloCloudEdge | ForEach-Object { `$n++ }`n$peakScript") })
        Add-Row "$count edges streamed, peak memory over bare pwsh, MiB" ('{0:0}' -f $streaming) ('{0:0}' -f $bare) ('+{0:0}' -f ($streaming - $bare)) 'at most +64' ($streaming - $bare -le 64)
        Get-OrchestratorConnection | ForEach-Object { Disconnect-VeloCloud $_ }
        Stop-OrchestratorSimulator $simulator
    }

    if ('Limiter' -in $Row) {
        # 20,000 edges over 200 enterprises, through the limiter of an Orchestrator: a request too many costs five seconds in which nothing is answered.
        $perSecond = 20
        $simulator = Start-OrchestratorSimulator -EdgeCount 20000
        Invoke-Control $simulator settings @{ requestsPerSecond = $perSecond } veloCloud
        $csv = Join-Path $work 'edges.csv'
        $export = @(
            '$watch = [Diagnostics.Stopwatch]::StartNew()'
            "Get-VeloCloudEnterprise | Get-VeloCloudEdge -ThrottleLimit 4 | Select-Object EnterpriseName, Name, Id, State, SerialNumber, ModelNumber, SoftwareVersion, LastContact | Export-Csv '$csv'"
            '$watch.Elapsed.TotalSeconds'
            $peakScript
        ) -join "`n"
        # The same with a tenth of the edges: what it needs more for ten times as many is what it holds of them.
        $small = Start-OrchestratorSimulator -EdgeCount 2000
        $few = Get-Median @(1..3 | ForEach-Object { [double](Invoke-New "$(Get-Prelude $small)`n$export")[-1] })
        Stop-OrchestratorSimulator $small
        $said = Invoke-New "$(Get-Prelude $simulator)`n$export"
        $seconds = [double]$said[-2]; $peak = [double]$said[-1]
        $log = @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud -Path *portal*)
        $answered = @($log | Where-Object Status -EQ 200).Count
        $refused = @($log | Where-Object Status -EQ 429 | Sort-Object Time)
        $penalties = 0; $last = [DateTimeOffset]::MinValue
        foreach ($one in $refused) {
            if ($one.Time - $last -gt [timespan]::FromSeconds(4)) { $penalties++; $last = $one.Time }
        }
        $lines = 0
        foreach ($line in [IO.File]::ReadLines($csv)) { if ($line) { $lines++ } }
        if ($lines -ne 20001) { throw "the file has $lines lines" }
        # The best that the limiter allows: what its bucket holds at once, the rest as it leaks; and the one penalty that tells what the limit is.
        $best = ($answered - $perSecond) / $perSecond + 5
        Add-Row "20,000 edges of 200 enterprises into a CSV file, $answered requests, 4 at once, $perSecond a second allowed, s; other: the limiter's best and one penalty" ('{0:0.0}' -f $seconds) ('{0:0.0}' -f $best) ('{0:0.00}' -f ($seconds / $best)) 'at most 1.2' ($seconds / $best -le 1.2)
        Add-Row 'penalties of the limiter' $penalties 1 $penalties 'at most 1' ($penalties -le 1)
        Add-Row '20,000 edges streamed into a CSV file, peak memory, MiB; other: 2,000 edges' ('{0:0}' -f $peak) ('{0:0}' -f $few) ('+{0:0}' -f ($peak - $few)) 'at most +32' ($peak - $few -le 32)
        Stop-OrchestratorSimulator $simulator
    }

    if ('Events' -in $Row) {
        # Seven events every ten seconds, and new ones all the time: both those that the clock brings, and bursts that are put there while the export runs.
        $simulator = Start-OrchestratorSimulator
        $pin = @{ ServerCertificateThumbprint = $simulator.CertificateThumbprint; NoProxy = $true }
        $customer = $simulator.VeloCloud.Users | Where-Object Tier -EQ customer
        $null = Connect-VeloCloud $simulator.VeloCloud.Server -Credential $customer.Credential @pin
        $control = @{ Method = 'Post'; ContentType = 'application/json'; Headers = @{ 'X-Control-Token' = (ConvertFrom-SecureString $simulator.ControlToken -AsPlainText) }; NoProxy = $true }
        $address = "$($simulator.ControlServer)systems/veloCloud/"
        $null = Invoke-RestMethod @control -Uri "${address}events" -Body '{"intervalSeconds": 10, "burst": 7, "days": 30, "live": true}'
        $step = [TimeSpan]::FromSeconds(10).Ticks
        $end = [DateTimeOffset]::new([math]::Floor([DateTimeOffset]::UtcNow.AddSeconds(-20).UtcTicks / $step) * $step, [TimeSpan]::Zero)
        $instants = 71429
        $start = $end.AddSeconds(-10 * ($instants - 1))
        $csv = Join-Path $work 'events.csv'
        $secret = ConvertFrom-SecureString $customer.Token -AsPlainText
        $prelude = @"
`$ErrorActionPreference = 'Stop'
Import-Module '$module'
`$null = Connect-VeloCloud $($simulator.VeloCloud.Server) -Token (ConvertTo-SecureString '$secret' -AsPlainText) -ServerCertificateThumbprint '$($simulator.CertificateThumbprint)' -NoProxy
"@
        $interval = "-Start '$($start.ToString('o'))' -End '$($end.ToString('o'))'"
        $script = Join-Path $work 'events.ps1'
        Set-Content $script "$prelude`n`$clock = [Diagnostics.Stopwatch]::StartNew()`nGet-VeloCloudEvent $interval | Select-Object Id, Time, Type, EdgeName | Export-Csv '$csv'`n`$clock.Elapsed.TotalSeconds`n$peakScript"
        $process = Start-Process $pwsh -ArgumentList '-NoProfile', '-NonInteractive', '-File', $script -PassThru -RedirectStandardOutput "$script.out" -RedirectStandardError "$script.err"
        $added = 0
        while (-not $process.WaitForExit(250)) {
            # New ones, and some that happened before the export began: inside the interval they may or may not be met, and must not disturb the others.
            $added += @((Invoke-RestMethod @control -Uri "${address}event" -Body '{"enterprise": "Acme", "count": 40, "name": "BENCH_NEW"}').ids).Count
        }
        if ($process.ExitCode) { throw "The export failed: $(Get-Content -Raw "$script.err")" }
        $seconds, $peak = @(Get-Content "$script.out") | ForEach-Object { [double]$_ }

        # Every id once, every instant with all of its seven.
        $ids = [Collections.Generic.HashSet[string]]::new()
        $times = @{}
        $doubles = 0
        Import-Csv $csv | ForEach-Object {
            if (-not $ids.Add($_.Id)) { $doubles++ }
            elseif ($_.Type -ne 'BENCH_NEW') { $times[$_.Time]++ }
        }
        $whole = @($times.Values | Where-Object { $_ -ge 7 }).Count
        $small = [double](Invoke-New "$prelude`nGet-VeloCloudEvent -Start '$($end.AddHours(-1).ToString('o'))' -End '$($end.ToString('o'))' | Select-Object Id, Time, Type, EdgeName | Export-Csv '$csv.small'`n$peakScript")

        # By hand: the first tenth of it, page after page.
        $uri = "$($simulator.VeloCloud.Server)portal/rest/event/getEnterpriseEvents"
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $body = @{ interval = @{ start = $start.ToUnixTimeMilliseconds(); end = $end.ToUnixTimeMilliseconds() }; filter = @{ limit = 2048 } }
        $seen = [Collections.Generic.HashSet[long]]::new()
        & {
            while ($seen.Count -lt 50000) {
                $page = Invoke-RestMethod -NoProxy -SkipCertificateCheck -Method Post -Uri $uri -Headers @{ Authorization = "Token $secret" } -ContentType 'application/json' -Body (ConvertTo-Json $body)
                foreach ($item in $page.data) { if ($seen.Add($item.id)) { $item } }
                $body.interval.end = ([DateTimeOffset]$page.data[-1].eventTime).ToUnixTimeMilliseconds()
            }
        } | Select-Object id, eventTime, event, edgeName | Export-Csv "$csv.hand"
        $byHand = $seen.Count / $clock.Elapsed.TotalSeconds
        Write-Host "events: $($ids.Count) rows, $doubles doubles, $whole of $instants instants whole, $added came meanwhile"
        Add-Row "$($ids.Count) events to CSV while $added new ones came, doubles and gaps" "$doubles, $($instants - $whole)" '0, 0' '-' 'none' ($doubles -eq 0 -and $whole -eq $instants)
        Add-Row 'events to CSV, a second; other: Invoke-RestMethod loop' ('{0:0}' -f ($ids.Count / $seconds)) ('{0:0}' -f $byHand) ('{0:0.0}' -f ($ids.Count / $seconds / $byHand)) 'at least as fast' ($ids.Count / $seconds -ge $byHand)
        Add-Row "$($ids.Count) events to CSV, peak memory over an hour of them, MiB" ('{0:0}' -f $peak) ('{0:0}' -f $small) ('+{0:0}' -f ($peak - $small)) 'at most +64' ($peak - $small -le 64)
        Get-OrchestratorConnection | ForEach-Object { Disconnect-VeloCloud $_ }
        Stop-OrchestratorSimulator $simulator
    }

    if ('Upload' -in $Row) {
        $simulator = Start-OrchestratorSimulator -NoHash
        $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy
        $file = Join-Path $work 'upload.iso'
        New-SparseFile $file ($SizeMB * 1MB)
        $ours = @(); $hand = @(); $curl = @()
        foreach ($run in 0..$Runs) {
            $ProgressPreference = 'SilentlyContinue'
            $a = (Measure-Command { $null = Send-VcdMedia $file -Catalog iso -Name "ours-$run.iso" }).TotalSeconds
            $address = New-TransferAddress ($SizeMB * 1MB) "curl-$run.iso"
            $c = (Measure-Command { curl --silent --show-error --insecure --noproxy '*' -T $file --output /dev/null $address }).TotalSeconds
            if ($LASTEXITCODE) { throw "curl ended with $LASTEXITCODE" }
            $address = New-TransferAddress ($SizeMB * 1MB) "hand-$run.iso"
            $b = (Measure-Command { $null = Invoke-RestMethod -NoProxy -SkipCertificateCheck -Method Put -Uri $address -InFile $file -ContentType 'application/octet-stream' }).TotalSeconds
            if ($run) { $ours += $SizeMB / $a; $hand += $SizeMB / $b; $curl += $SizeMB / $c }
        }
        $a = Get-Median $ours; $b = Get-Median $hand; $c = Get-Median $curl
        Add-Row "upload of $SizeMB MiB, MiB/s; other: curl -T" ('{0:0}' -f $a) ('{0:0}' -f $c) ('{0:0.00}' -f ($a / $c)) 'at least 0.85' ($a / $c -ge 0.85)
        Add-Row "upload of $SizeMB MiB, MiB/s; other: Invoke-RestMethod -InFile" ('{0:0}' -f $a) ('{0:0}' -f $b) ('{0:0.00}' -f ($a / $b)) 'at least 0.9' ($a / $b -ge 0.9)
        Disconnect-Vcd
        Stop-OrchestratorSimulator $simulator
    }

    if ('Template' -in $Row) {
        $simulator = Start-OrchestratorSimulator -NoHash
        $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy
        foreach ($algorithm in 'SHA1', 'SHA256', 'SHA512') {
            $ovf = New-SparseTemplate "bench-$($algorithm.ToLowerInvariant())" ($SizeMB * 1MB) $algorithm
            $disk = Join-Path (Split-Path $ovf) 'disk.vmdk'
            $ours = @(); $hand = @()
            foreach ($run in 0..$Runs) {
                $ProgressPreference = 'SilentlyContinue'
                # The bytes alone are compared: the second that a server takes to read a descriptor, and an import, have nothing to do with them.
                $said = Send-VcdTemplate $ovf -Catalog iso -Name "ours-$algorithm-$run" -Verbose 4>&1 | Where-Object { "$_" -like "'disk.vmdk'*bytes sent in*as the manifest says*" }
                if ("$said" -notmatch 'sent in ([\d.]+) s') { throw "The manifest was not checked: $said" }
                $a = [double]::Parse($Matches[1], [cultureinfo]::InvariantCulture)
                $address = New-TransferAddress ($SizeMB * 1MB) "hand-$algorithm-$run.iso"
                $b = (Measure-Command { $null = Invoke-RestMethod -NoProxy -SkipCertificateCheck -Method Put -Uri $address -InFile $disk -ContentType 'application/octet-stream' }).TotalSeconds
                if ($run) { $ours += $SizeMB / $a; $hand += $SizeMB / $b }
            }
            $a = Get-Median $ours; $b = Get-Median $hand
            Add-Row "disk of $SizeMB MiB of a template, its manifest ($algorithm) checked on the way, MiB/s; other: Invoke-RestMethod -InFile" ('{0:0}' -f $a) ('{0:0}' -f $b) ('{0:0.00}' -f ($a / $b)) 'at least 0.7' ($a / $b -ge 0.7)
            Remove-Item (Split-Path $ovf) -Recurse
        }
        Disconnect-Vcd
        Stop-OrchestratorSimulator $simulator
    }

    if ('Download' -in $Row) {
        $simulator = Start-OrchestratorSimulator
        $null = Connect-Vcd $simulator.Vcd.Server -Organization $simulator.Vcd.Organization -Credential $simulator.Vcd.Credential -ServerCertificateThumbprint $simulator.CertificateThumbprint -NoProxy
        Invoke-Control $simulator settings @{ enableDownloadSeconds = 0.01 }
        Invoke-Control $simulator item @{ name = 'download.iso'; kind = 'media'; size = [long]$SizeMB * 1MB }
        $ours = @(); $hand = @(); $curl = @()
        $file = Join-Path $work 'download.iso'
        foreach ($run in 0..$Runs) {
            $ProgressPreference = 'SilentlyContinue'
            $a = (Measure-Command { $null = Receive-VcdMedia download.iso $work }).TotalSeconds
            Remove-Item $file
            $address = New-DownloadAddress download.iso
            $c = (Measure-Command { curl --silent --show-error --insecure --noproxy '*' --output $file $address }).TotalSeconds
            if ($LASTEXITCODE) { throw "curl ended with $LASTEXITCODE" }
            Remove-Item $file
            $b = (Measure-Command { Invoke-WebRequest -NoProxy -SkipCertificateCheck -Uri $address -OutFile $file }).TotalSeconds
            Remove-Item $file
            if ($run) { $ours += $SizeMB / $a; $hand += $SizeMB / $b; $curl += $SizeMB / $c }
        }
        $a = Get-Median $ours; $b = Get-Median $hand; $c = Get-Median $curl
        Add-Row "download of $SizeMB MiB, MiB/s; other: curl -o" ('{0:0}' -f $a) ('{0:0}' -f $c) ('{0:0.00}' -f ($a / $c)) 'at least 0.85' ($a / $c -ge 0.85)
        Add-Row "download of $SizeMB MiB, MiB/s; other: Invoke-WebRequest -OutFile" ('{0:0}' -f $a) ('{0:0}' -f $b) ('{0:0.00}' -f ($a / $b)) 'at least 0.9' ($a / $b -ge 0.9)
        Disconnect-Vcd
        Stop-OrchestratorSimulator $simulator
    }

    if ('Memory' -in $Row) {
        $simulator = Start-OrchestratorSimulator -NoHash
        $bare = Get-Median @(1..3 | ForEach-Object { [double](Invoke-New $peakScript) })
        foreach ($size in ($SizeMB * 1MB), ($SparseGB * 1GB)) {
            $file = Join-Path $work 'sparse.iso'
            New-SparseFile $file $size
            $peak = [double](Invoke-New "$(Get-Prelude $simulator)`n`$null = Send-VcdMedia '$file' -Catalog iso -Name 'memory-$size.iso'`n$peakScript" | Select-Object -Last 1)
            Add-Row ("upload of {0:0} GiB (sparse), peak memory over bare pwsh, MiB" -f ($size / 1GB)) ('{0:0}' -f $peak) ('{0:0}' -f $bare) ('+{0:0}' -f ($peak - $bare)) 'at most +64' ($peak - $bare -le 64)
            $ovf = New-SparseTemplate "memory-$size" $size
            $peak = [double](Invoke-New "$(Get-Prelude $simulator)`n`$null = Send-VcdTemplate '$ovf' -Catalog iso`n$peakScript" | Select-Object -Last 1)
            Add-Row ("upload of a template with a disk of {0:0} GiB (sparse), peak memory over bare pwsh, MiB" -f ($size / 1GB)) ('{0:0}' -f $peak) ('{0:0}' -f $bare) ('+{0:0}' -f ($peak - $bare)) 'at most +64' ($peak - $bare -le 64)
            Remove-Item (Split-Path $ovf) -Recurse
            Remove-Item $file

            if ([IO.DriveInfo]::new($work).AvailableFreeSpace -lt $size * 1.1) {
                Write-Host ('download of {0:0} GiB: there is no room for it; not measured.' -f ($size / 1GB))
                continue
            }
            Invoke-Control $simulator settings @{ enableDownloadSeconds = 0.01 }
            Invoke-Control $simulator item @{ name = "memory-$size.iso"; kind = 'media'; catalog = 'shared'; size = [long]$size }
            $peak = [double](Invoke-New "$(Get-Prelude $simulator)`n`$null = Receive-VcdMedia 'memory-$size.iso' '$work' -Catalog shared`n$peakScript" | Select-Object -Last 1)
            Remove-Item (Join-Path $work "memory-$size.iso")
            Add-Row ("download of {0:0} GiB, peak memory over bare pwsh, MiB" -f ($size / 1GB)) ('{0:0}' -f $peak) ('{0:0}' -f $bare) ('+{0:0}' -f ($peak - $bare)) 'at most +64' ($peak - $bare -le 64)
        }
        Stop-OrchestratorSimulator $simulator
    }
}
finally {
    Stop-OrchestratorSimulator
    Remove-Item $work -Recurse -Force
}

$table | Format-Table -Wrap | Out-String -Width 160
