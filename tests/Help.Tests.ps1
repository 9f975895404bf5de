BeforeDiscovery {
    . $PSScriptRoot/HelpPages.ps1
    $script:pages = @(Get-HelpPage)
    $script:examples = @(
        foreach ($page in $pages) {
            foreach ($example in $page.Examples) {
                @{ Name = $page.Name; Number = $example.Number; Title = $example.Title; Code = $example.Code; Output = $example.Output; Problem = $example.Problem }
            }
        }
    )
    $script:cmdlets = @((Import-PowerShellDataFile (Join-Path $PSScriptRoot '..' 'OrchestratorTools.psd1')).CmdletsToExport | Sort-Object)
    $script:texts = @(Get-DocumentationText)
    $script:platyPS = [bool](Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/HelpPages.ps1
}

Describe 'The page of <Name>' -ForEach $pages {
    It 'has two examples or more, each with what it prints' {
        @($Examples).Count | Should -BeGreaterOrEqual 2
        @($Examples | Where-Object Problem | ForEach-Object { "example $($_.Number): $($_.Problem)" }) | Should -BeNullOrEmpty
    }

    It 'says that its examples run after the prelude' {
        $Sections.NOTES | Should -BeLike '*prelude of about_OrchestratorTools*'
    }

    It 'is complete' {
        $Text | Should -Not -Match '\{\{'
        foreach ($section in 'SYNOPSIS', 'SYNTAX', 'DESCRIPTION', 'EXAMPLES', 'PARAMETERS', 'INPUTS', 'OUTPUTS', 'NOTES', 'RELATED LINKS') {
            $Sections[$section] | Should -Not -BeNullOrEmpty -Because "the section $section says something"
        }
        $Sections.SYNOPSIS | Should -Not -Match '[\r\n]' -Because 'a synopsis is one line'
    }

    It 'links to pages that exist' {
        $folder = Split-Path $Path
        foreach ($link in [regex]::Matches($Text, '\]\((?!https?://)([^)#\s]+)[^)]*\)')) {
            Join-Path $folder $link.Groups[1].Value | Should -Exist
        }
    }
}

Describe 'The examples' {
    BeforeAll {
        $results = $script:ran = Invoke-HelpPage @(Get-HelpPage) $ModulePath
    }

    It 'of <Name> run and print what the page says: <Number>, <Title>' -ForEach $examples {
        if ($Problem) {
            Set-ItResult -Skipped -Because "the example is not whole ($Problem), which the page's own test reports"
            return
        }
        $result = $results[$Name]
        $result.Problem | Should -BeNullOrEmpty
        $printed = $result.Examples[$Number]
        $printed | Should -Not -BeNullOrEmpty -Because 'the example was run'
        $shown = "`nIt printed:`n$($printed.Lines -join "`n")`n"
        $printed.Failure | Should -BeNullOrEmpty -Because $shown
        Find-MissingLine $Output $printed.Lines | Should -BeNullOrEmpty -Because "this line of the page must be printed after those before it.$shown"
    }
}

Describe 'What the examples send to an Orchestrator' {
    BeforeAll {
        $results = if ($script:ran) { $script:ran } else { Invoke-HelpPage @(Get-HelpPage | Where-Object Name -Like '*-VeloCloud*') $ModulePath }
        $portal = [OrchestratorTools.Clients.VeloCloud.VeloCloudOperations]::All
        $others = @([OrchestratorTools.Clients.VeloCloud.VeloCloudOperations]::Names)
        $prefix = '/api/sdwan/v2/'

        # Why a request stands in no operation table; nothing where it does.
        function Get-TableProblem {
            param($Request)
            if ($Request.Path.StartsWith($prefix)) {
                if ($Request.Path -like "${prefix}asyncOperations/*") { return }
                $operation = [OrchestratorTools.Clients.VeloCloud.VeloCloudV2Operations]::At($Request.Path.Substring($prefix.Length)) | Where-Object Method -EQ $Request.Method
                if (-not $operation) { return "$($Request.Method) $($Request.Path): there is no such operation" }
                # Paging by links is the introduction's own example, for every list.
                $unknown = @($Request.Names | Where-Object { $_ -and $_ -notin $operation.Parameters.Name -and $_ -notin 'limit', 'nextPageLink', 'prevPageLink', 'action' })
                if ($unknown) { return "$($Request.Method) $($Request.Path): no parameter $($unknown -join ', ')" }
                return
            }
            $method = $Request.Path -replace '^/portal/rest/'
            if (-not $portal.ContainsKey($method)) {
                if ($method -notin $others) { return "${method}: there is no such method" }
                return
            }
            $unknown = @($Request.Names | Where-Object { $_ -and $_ -notin $portal[$method].Parameters.Name })
            if ($unknown) { "${method}: no parameter $($unknown -join ', ')" }
        }
    }

    It 'stands in the operation tables, with its parameters: <_>' -ForEach ($cmdlets -like '*-VeloCloud*') {
        $results[$_].Problem | Should -BeNullOrEmpty
        $sent = @($results[$_].Requests | Where-Object Path -NotLike '*/login/*')
        if ($_ -notin 'Connect-VeloCloud', 'Disconnect-VeloCloud', 'Find-VeloCloudMethod') {
            $sent.Count | Should -BeGreaterThan 0 -Because 'its examples ask an Orchestrator'
        }
        $sent | ForEach-Object { Get-TableProblem $_ } | Sort-Object -Unique | Should -BeNullOrEmpty
    }
}

Describe 'The help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $_ -Full
        $command = Get-Command $_ -Module OrchestratorTools
        $common = [Management.Automation.Cmdlet]::CommonParameters + [Management.Automation.Cmdlet]::OptionalCommonParameters
    }

    It 'has a synopsis and a description' {
        # Without help PowerShell shows the syntax as the synopsis.
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis.Trim() | Should -Not -BeLike "$_ *"
        ($help.Description.Text -join ' ') | Should -Not -BeNullOrEmpty
    }

    It 'describes every parameter, and no other' {
        $own = @($command.Parameters.Keys | Where-Object { $_ -notin $common -or ($_ -in 'WhatIf', 'Confirm') })
        $described = @(if ($help.parameters.PSObject.Properties['parameter']) { $help.parameters.parameter })
        Compare-Object @($own) @($described.name) | ForEach-Object { "$($_.SideIndicator) $($_.InputObject)" } | Should -BeNullOrEmpty
        @($described | Where-Object { -not ($_.PSObject.Properties['description'] -and ($_.description.Text -join '').Trim()) } | ForEach-Object name) | Should -BeNullOrEmpty
    }

    It 'has examples whose code can be copied' {
        $code = @($help.examples.example | ForEach-Object code)
        $code.Count | Should -BeGreaterOrEqual 2
        foreach ($one in $code) {
            $one | Should -Not -BeNullOrEmpty
            $one | Should -Not -Match '```'
            $problems = $null
            $null = [Management.Automation.Language.Parser]::ParseInput($one, [ref]$null, [ref]$problems)
            $problems | Should -BeNullOrEmpty
        }
    }

    It 'shows no leftover of its source' {
        $help | Out-String -Width 200 | Should -Not -Match "``````|\u0080|\]\(|\{\{"
    }
}

Describe 'en-US' {
    BeforeAll {
        $made = Join-Path $TestDrive 'en-US'
        # In a process of its own, as the build does: what it loads stays there.
        $said = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -File (Join-Path $RepositoryRoot 'docs' 'Export-Help.ps1') -Module $ModulePath -OutputPath $made 2>&1 | Out-String
        function Read-Text {
            param([string] $Path)
            (Get-Content -Raw -LiteralPath $Path) -replace "`r`n", "`n"
        }
    }

    It 'holds the about topics as docs/about says them' {
        $topics = @(Get-ChildItem (Join-Path $RepositoryRoot 'docs' 'about') -Filter 'about_*.md' | ForEach-Object BaseName | Sort-Object)
        $topics | Should -Contain 'about_OrchestratorTools'
        @(Get-ChildItem (Join-Path $RepositoryRoot 'en-US') -Filter '*.txt' | ForEach-Object { $_.Name -replace '\.help\.txt$' } | Sort-Object) | Should -Be $topics
        foreach ($topic in $topics) {
            $committed = Read-Text (Join-Path $RepositoryRoot 'en-US' "$topic.help.txt")
            $committed -ceq (Read-Text (Join-Path $made "$topic.help.txt")) | Should -BeTrue -Because "'./build.ps1 Help' makes en-US/$topic.help.txt from docs/about/$topic.md"
        }
    }

    It 'holds the cmdlets'' help as docs/cmdlets says it' {
        if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
            Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS is missing: whether the MAML is current was not tested. To get it: Install-PSResource Microsoft.PowerShell.PlatyPS'
            return
        }
        $file = Join-Path $made 'OrchestratorTools.dll-Help.xml'
        $file | Should -Exist -Because $said
        $committed = Read-Text (Join-Path $RepositoryRoot 'en-US' 'OrchestratorTools.dll-Help.xml')
        $committed -ceq (Read-Text $file) | Should -BeTrue -Because "'./build.ps1 Help' makes en-US/OrchestratorTools.dll-Help.xml from docs/cmdlets. $said"
    }

    It 'has about topics no wider than 80 columns, code and table rules aside, that Get-Help finds' {
        foreach ($file in Get-ChildItem (Join-Path $RepositoryRoot 'en-US') -Filter '*.txt') {
            # Code is indented by eight; a long command is not broken.
            @(Get-Content -LiteralPath $file | Where-Object { $_.Length -gt 80 -and $_ -notmatch '^ {8}' }) | Should -BeNullOrEmpty
            $topic = $file.Name -replace '\.help\.txt$'
            Get-Help $topic | Out-String | Should -BeLike "*$topic*SHORT DESCRIPTION*SEE ALSO*"
            Get-Help $topic | Out-String | Should -Not -Match '```|\]\('
        }
    }
}

Describe 'The pages of docs/cmdlets' {
    if (-not $platyPS) {
        It 'name the parameters and the syntax that their cmdlets have' {
            Set-ItResult -Skipped -Because 'Microsoft.PowerShell.PlatyPS is missing: whether the pages fit the cmdlets was not tested. To get it: Install-PSResource Microsoft.PowerShell.PlatyPS'
        }
        return
    }

    BeforeAll {
        # What PlatyPS says of the built cmdlets, and what the pages say, in processes of their own: one line a parameter and a syntax.
        $script = @'
$ErrorActionPreference = 'Stop'
Import-Module Microsoft.PowerShell.PlatyPS
Import-Module '<module>'
function Show-Parameter($Help) {
    foreach ($syntax in $Help.Syntax) {
        "$($Help.Title) syntax: $(("$syntax" -replace '\[<CommonParameters>\]' -replace '\s+', ' ').Trim())"
    }
    foreach ($parameter in $Help.Parameters | Sort-Object Name) {
        $sets = foreach ($set in $parameter.ParameterSets | Sort-Object Name) {
            "$($set.Name): position $($set.Position), required $($set.IsRequired), pipeline $($set.ValueFromPipeline)/$($set.ValueFromPipelineByPropertyName)"
        }
        "$($Help.Title) -$($parameter.Name): $($parameter.Type), wildcards $($parameter.SupportsWildcards), aliases $(@($parameter.Aliases) -join ','); $($sets -join '; ')"
    }
}
$pages = Get-ChildItem '<pages>' -Filter '*.md'
foreach ($page in $pages) {
    foreach ($line in Show-Parameter (Import-MarkdownCommandHelp -LiteralPath $page.FullName)) { "page $line" }
    foreach ($line in Show-Parameter (New-CommandHelp (Get-Command -Module OrchestratorTools $page.BaseName))) { "code $line" }
}
'@ -replace '<module>', $ModulePath -replace '<pages>', (Join-Path $RepositoryRoot 'docs' 'cmdlets')
        $lines = Invoke-NewProcess $script
    }

    It 'name the parameters and the syntax that <Name> has' -ForEach $pages {
        $page = @($lines | Where-Object { $_ -like "page $Name *" } | ForEach-Object { $_.Substring(5) })
        $code = @($lines | Where-Object { $_ -like "code $Name *" } | ForEach-Object { $_.Substring(5) })
        $page.Count | Should -BeGreaterThan 0
        # Update-MarkdownCommandHelp writes what changed in the code into a page.
        Compare-Object $code $page | ForEach-Object { "$($_.SideIndicator -replace '<=', 'the code says' -replace '=>', 'the page says') $($_.InputObject)" } | Should -BeNullOrEmpty
    }
}

Describe 'What <Name> shows' -ForEach $texts {
    It 'can be parsed' {
        @($Blocks | ForEach-Object { $_.Problem } | Where-Object { $_ }) | Should -BeNullOrEmpty
    }

    It 'uses cmdlets and parameters that there are' {
        $nouns = '^[A-Za-z]+-(VeloCloud|Vcd|Vro|Orchestrator)\w*$'
        $wrong = foreach ($block in $Blocks) {
            foreach ($call in $block.Commands | Where-Object { $_.Name -match $nouns }) {
                $command = Get-Command $call.Name -Module OrchestratorTools -ErrorAction Ignore
                if (-not $command) {
                    "$($call.Name): there is no such cmdlet"
                    continue
                }
                foreach ($parameter in $call.Parameters) {
                    try {
                        $null = $command.ResolveParameter($parameter)
                    }
                    catch {
                        "$($call.Name) -${parameter}: there is no such parameter"
                    }
                }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }
}
