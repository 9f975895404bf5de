# Reads the help pages (docs/cmdlets) and runs their examples. Dot-sourced by Help.Tests.ps1.

$HelpRoot = Split-Path $PSScriptRoot -Parent

# The fenced blocks of a markdown text, in order: Language, Text, Line.
function Get-FencedBlock {
    param([string[]] $Line)
    for ($i = 0; $i -lt $Line.Count; $i++) {
        if ($Line[$i] -match '^\s*```([\w-]*)\s*$') {
            $language = $Matches[1]
            $start = $i + 1
            $body = [Collections.Generic.List[string]]::new()
            for ($i++; $i -lt $Line.Count -and $Line[$i] -notmatch '^\s*```\s*$'; $i++) {
                $body.Add($Line[$i])
            }
            [pscustomobject]@{ Language = $language; Text = $body -join "`n"; Lines = $body.ToArray(); Line = $start }
        }
    }
}

# The pages as hashtables, for -ForEach: Name, Path, Text, Sections, Examples (Number, Title, Code, Output, Problem).
function Get-HelpPage {
    foreach ($file in Get-ChildItem (Join-Path $HelpRoot 'docs' 'cmdlets') -Filter '*.md' | Sort-Object Name) {
        $lines = @(Get-Content -LiteralPath $file.FullName)
        $sections = @{}
        $current = ''
        $fenced = $false
        foreach ($line in $lines) {
            if ($line -match '^\s*```') {
                $fenced = -not $fenced
            }
            if (-not $fenced -and $line -match '^## (.+?)\s*$') {
                $current = $Matches[1]
                $sections[$current] = [Collections.Generic.List[string]]::new()
            }
            elseif ($current) {
                $sections[$current].Add($line)
            }
        }

        $examples = [Collections.Generic.List[object]]::new()
        $bodies = [Collections.Generic.List[object]]::new()
        $fenced = $false
        foreach ($line in @($sections['EXAMPLES'])) {
            if ($line -match '^\s*```') {
                $fenced = -not $fenced
            }
            if (-not $fenced -and $line -match '^### (.+?)\s*$') {
                $bodies.Add([pscustomobject]@{ Title = $Matches[1] -replace '^Example \d+\s*[:-]?\s*'; Lines = [Collections.Generic.List[string]]::new() })
            }
            elseif ($bodies.Count) {
                $bodies[-1].Lines.Add($line)
            }
        }
        foreach ($body in $bodies) {
            $blocks = @(Get-FencedBlock $body.Lines)
            $code = if ($blocks.Count -and $blocks[0].Language -eq 'powershell') { $blocks[0] }
            $output = if ($blocks.Count -gt 1 -and $blocks[1].Language -eq 'output') { $blocks[1] }
            $problem = if (-not $code) {
                'its first fenced block is not a powershell block'
            }
            elseif (-not $output) {
                'the block after the powershell block is not an output block'
            }
            elseif (-not $output.Text.Trim()) {
                'its output block is empty'
            }
            $examples.Add(@{
                    Number  = $examples.Count + 1
                    Title   = $body.Title
                    Code    = if ($code) { $code.Text } else { '' }
                    Output  = @(if ($output) { $output.Lines | Where-Object { $_.Trim() } })
                    Problem = $problem
                })
        }

        $trimmed = @{}
        foreach ($key in $sections.Keys) {
            $trimmed[$key] = ($sections[$key] -join "`n").Trim()
        }
        @{ Name = $file.BaseName; Path = $file.FullName; Text = $lines -join "`n"; Sections = $trimmed; Examples = $examples.ToArray() }
    }
}

# The prelude, from where the user reads it.
function Get-HelpPrelude {
    $lines = @(Get-Content -LiteralPath (Join-Path $HelpRoot 'docs' 'about' 'about_OrchestratorTools.md'))
    $heading = [Array]::IndexOf($lines, '## THE PRELUDE OF THE EXAMPLES')
    if ($heading -lt 0) {
        throw "about_OrchestratorTools has no section 'THE PRELUDE OF THE EXAMPLES'."
    }
    $block = @(Get-FencedBlock $lines[$heading..($lines.Count - 1)])[0]
    if (-not $block -or $block.Language -ne 'powershell') {
        throw "The section 'THE PRELUDE OF THE EXAMPLES' has no powershell block."
    }
    $block.Text
}

# Runs the examples of pages, each with a simulator of its own, some pages after one another in a process, and a few processes at a time.
# Returns by the page's name: Problem (null where the page could be run), Examples by number (Lines, Failure) and Requests (to the Orchestrators: Method, Path, Names, Status).
function Invoke-HelpPage {
    param([object[]] $Page, [string] $ModulePath)
    $mark = "#$([guid]::NewGuid().ToString('N'))"
    $folder = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-examples-$([guid]::NewGuid())")
    try {
        $prelude = Join-Path $folder 'prelude.ps1'
        Set-Content -LiteralPath $prelude -Value (Get-HelpPrelude)
        # A process that begins spends longer on getting ready than on a page. Dealt like cards: neighbours in the alphabet are alike, and some kinds take long.
        $count = [math]::Ceiling($Page.Count / 8)
        $jobs = foreach ($number in 0..($count - 1)) {
            $hand = @(for ($i = $number; $i -lt $Page.Count; $i += $count) { $Page[$i] })
            $pages = Join-Path $folder "$number.json"
            ConvertTo-Json -Depth 5 -InputObject @($hand | ForEach-Object { @{ Name = $_.Name; Codes = @($_.Examples | ForEach-Object Code) } }) | Set-Content -LiteralPath $pages
            @{
                Names     = @($hand | ForEach-Object Name)
                Arguments = '-NoProfile', '-NonInteractive', '-File', (Join-Path $PSScriptRoot 'Invoke-HelpExample.ps1'), '-Module', $ModulePath, '-Prelude', $prelude, '-Pages', $pages, '-Mark', $mark
            }
        }
        # Most of a page's time is spent waiting.
        $outputs = $jobs | ForEach-Object -ThrottleLimit ([Environment]::ProcessorCount * 2 + 1) -Parallel {
            $start = [Diagnostics.ProcessStartInfo]::new([Environment]::ProcessPath)
            foreach ($argument in $_.Arguments) {
                $start.ArgumentList.Add($argument)
            }
            $start.RedirectStandardOutput = $true
            $start.RedirectStandardError = $true
            $start.RedirectStandardInput = $true
            $process = [Diagnostics.Process]::Start($start)
            $process.StandardInput.Close()
            $output = $process.StandardOutput.ReadToEndAsync()
            $failure = $process.StandardError.ReadToEndAsync()
            $ended = $process.WaitForExit(300000)
            if (-not $ended) {
                $process.Kill($true)
            }
            @{ Names = $_.Names; Ended = $ended; Output = $output.GetAwaiter().GetResult(); Failure = $failure.GetAwaiter().GetResult() }
        }
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force
    }

    $results = @{}
    foreach ($one in $outputs) {
        $result = $current = $null
        foreach ($line in $one.Output -split "`r?`n") {
            if (-not $line.StartsWith($mark, [StringComparison]::Ordinal)) {
                if ($current) {
                    $current.Lines.Add($line)
                }
                continue
            }
            switch -Regex ($line.Substring($mark.Length)) {
                '^ page (.+)$' {
                    $result = $results[$Matches[1]] = @{ Problem = $null; Examples = @{}; Requests = [Collections.Generic.List[object]]::new() }
                    $current = $null
                }
                '^ failed prelude: (.*)$' { $result.Problem = "the prelude failed: $($Matches[1])" }
                '^ example (\d+)$' {
                    $current = @{ Lines = [Collections.Generic.List[string]]::new(); Failure = 'it did not end' }
                    $result.Examples[[int]$Matches[1]] = $current
                }
                '^ done \d+$' { $current.Failure = $null; $current = $null }
                '^ request (.*)$' { $result.Requests.Add((ConvertFrom-Json $Matches[1])) }
                '^ failed \d+: (.*)$' { $current.Failure = $Matches[1]; $current = $null }
            }
        }
        foreach ($name in $one.Names) {
            $result = $results[$name] ??= @{ Problem = $null; Examples = @{}; Requests = @() }
            if (-not $result.Problem -and -not $result.Examples.Count) {
                $result.Problem = "nothing was run$(if (-not $one.Ended) { ' within five minutes' }): $($one.Output) $($one.Failure)"
            }
        }
    }
    $results
}

# The first of the wanted lines that is not found among the printed ones after the line before it; null where all are.
# An asterisk stands for anything, everything else for itself; any white space counts as one blank, because a column is as wide as what stands in it.
function Find-MissingLine {
    param([string[]] $Wanted, [string[]] $Printed)
    $clean = @($Printed | ForEach-Object { ($_ -replace '\s+', ' ').Trim() })
    $next = 0
    foreach ($line in $Wanted) {
        $pattern = ($line -replace '\s+', ' ').Trim() -replace '([\[\]?`])', '`$1'
        while ($next -lt $clean.Count -and $clean[$next] -cnotlike $pattern) {
            $next++
        }
        if ($next -ge $clean.Count) {
            return $line
        }
        $next++
    }
}

# Every page of the documentation that shows PowerShell: Name, and its Blocks with Problem (it cannot be parsed) and Commands (Name, Parameters).
function Get-DocumentationText {
    $files = @(
        Get-ChildItem (Join-Path $HelpRoot 'docs') -Filter '*.md' -Recurse
        Get-Item (Join-Path $HelpRoot 'README.md') -ErrorAction Ignore
    )
    foreach ($file in $files | Sort-Object FullName) {
        $blocks = foreach ($block in Get-FencedBlock @(Get-Content -LiteralPath $file.FullName) | Where-Object Language -EQ 'powershell') {
            $problems = $null
            $tree = [Management.Automation.Language.Parser]::ParseInput($block.Text, [ref]$null, [ref]$problems)
            $calls = foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
                $named = $call.GetCommandName()
                if ($named) {
                    @{ Name = $named; Parameters = @($call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] } | ForEach-Object ParameterName) }
                }
            }
            @{ Problem = if ($problems) { "line $($block.Line): $($problems[0].Message)" }; Commands = @($calls) }
        }
        if ($blocks) {
            @{ Name = [IO.Path]::GetRelativePath($HelpRoot, $file.FullName).Replace('\', '/'); Blocks = @($blocks) }
        }
    }
}
