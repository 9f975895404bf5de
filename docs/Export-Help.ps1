#!/usr/bin/env pwsh
<#
.SYNOPSIS
    Makes en-US/ from docs/: the MAML of the cmdlets and the about topics.
.DESCRIPTION
    docs/about/about_*.md become en-US/about_*.help.txt. docs/cmdlets/*.md become en-US/OrchestratorTools.dll-Help.xml, through the module
    Microsoft.PowerShell.PlatyPS. Where PlatyPS is missing the about topics are made, the MAML stays as it is, and the script says how to get it and fails.

    The result depends on the pages only: a second run changes nothing.
.EXAMPLE
    ./build.ps1 Help
.EXAMPLE
    pwsh docs/Export-Help.ps1 -Module out/OrchestratorTools/OrchestratorTools.psd1
#>
[CmdletBinding()]
param(
    # The built module: its exported cmdlets are the ones that need a page.
    [Parameter(Mandatory)]
    [string] $Module,

    # Where the files go.
    [string] $OutputPath = (Join-Path $PSScriptRoot '..' 'en-US')
)

$ErrorActionPreference = 'Stop'
Set-StrictMode -Version Latest

$MamlName = 'OrchestratorTools.dll-Help.xml'
$Width = 80
$Indent = 4

# Get-Help breaks lines of MAML in the middle of a word where they are too long for the window: they are broken here, narrow enough for its deepest indent.
$MamlWidth = 68

# ---- Markdown to plain text

# One line's inline markup: code marks and emphasis go, a link keeps its text, and its address where that leads to the web.
function Convert-InlineMarkdown {
    [OutputType([string])]
    param([string] $Text)
    $code = [Collections.Generic.List[string]]::new()
    # Code is set aside first: what stands between its marks is text, not markup.
    $kept = [regex]::Replace($Text, '`([^`]+)`', { $code.Add($args[0].Groups[1].Value); "$([char]1)$($code.Count - 1)$([char]2)" })
    $kept = [regex]::Replace($kept, '\[([^\]]+)\]\((https?://[^)\s]+)\)', '$1 ($2)')
    $kept = [regex]::Replace($kept, '\[([^\]]+)\]\([^)\s]+\)', '$1')
    $kept = [regex]::Replace($kept, '\*\*([^*]+)\*\*', '$1')
    $kept = [regex]::Replace($kept, '(?<![\w*])\*([^*\s](?:[^*]*[^*\s])?)\*(?![\w*])', '$1')
    $kept = [regex]::Replace($kept, '\\([\\`*_{}\[\]<>()#+.!|-])', '$1')
    [regex]::Replace($kept, "$([char]1)(\d+)$([char]2)", { $code[[int]$args[0].Groups[1].Value] })
}

# Breaks a text at its spaces. The first line begins with -First, the others with -Rest.
function Split-Text {
    [OutputType([string[]])]
    param([string] $Text, [int] $Width, [string] $First = '', [string] $Rest = '')
    $line = $First
    $empty = $true
    foreach ($word in -split $Text) {
        if (-not $empty -and $line.Length + 1 + $word.Length -gt $Width) {
            $line
            $line = $Rest
            $empty = $true
        }
        $line += if ($empty) { $word } else { ' ' + $word }
        $empty = $false
    }
    $line
}

# The cells of a table's row.
function Split-TableRow {
    [OutputType([string[]])]
    param([string] $Line)
    foreach ($cell in $Line.Trim().Trim('|') -split '(?<!\\)\|') {
        Convert-InlineMarkdown $cell.Trim()
    }
}

# A table: columns as wide as their longest cell. Where that is too wide for the page the widest column gives way, and its cells are broken.
function Format-TextTable {
    [OutputType([string[]])]
    param([string[]] $Line, [int] $Width)
    $rows = @(foreach ($one in $Line | Where-Object { $_ -notmatch '^\s*\|?[\s:|-]+$' }) { , @(Split-TableRow $one) })
    $columns = $rows[0].Count
    $widths = @(for ($i = 0; $i -lt $columns; $i++) { ($rows | ForEach-Object { $_[$i].Length } | Measure-Object -Maximum).Maximum })
    while (($widths | Measure-Object -Sum).Sum + 2 * ($columns - 1) -gt $Width) {
        $widest = [Array]::IndexOf($widths, ($widths | Measure-Object -Maximum).Maximum)
        $widths[$widest]--
    }

    for ($r = 0; $r -lt $rows.Count; $r++) {
        $cells = @(for ($i = 0; $i -lt $columns; $i++) { , @(Split-Text $rows[$r][$i] $widths[$i]) })
        $height = ($cells | ForEach-Object { $_.Count } | Measure-Object -Maximum).Maximum
        for ($h = 0; $h -lt $height; $h++) {
            $parts = for ($i = 0; $i -lt $columns; $i++) { $(if ($h -lt $cells[$i].Count) { $cells[$i][$h] } else { '' }).PadRight($widths[$i]) }
            ($parts -join '  ').TrimEnd()
        }
        if ($r -eq 0) {
            $rules = for ($i = 0; $i -lt $columns; $i++) { ('-' * $rows[0][$i].Length).PadRight($widths[$i]) }
            ($rules -join '  ').TrimEnd()
        }
    }
}

# Blocks of a markdown text: headings, paragraphs, list items, tables and fenced code, in order.
function Read-MarkdownBlock {
    param([string[]] $Line)
    $i = 0
    while ($i -lt $Line.Count) {
        $text = $Line[$i]
        if ($text -match '^\s*$') {
            $i++
        }
        elseif ($text -match '^```(\w*)') {
            $language = $Matches[1]
            $code = [Collections.Generic.List[string]]::new()
            for ($i++; $i -lt $Line.Count -and $Line[$i] -notmatch '^```\s*$'; $i++) {
                $code.Add($Line[$i].TrimEnd())
            }
            $i++
            [pscustomobject]@{ Kind = 'Code'; Level = 0; Language = $language; Text = ''; Lines = $code.ToArray() }
        }
        elseif ($text -match '^(#+)\s+(.+?)\s*$') {
            [pscustomobject]@{ Kind = 'Heading'; Level = $Matches[1].Length; Language = ''; Text = $Matches[2]; Lines = @() }
            $i++
        }
        elseif ($text -match '^\s*\|') {
            $table = [Collections.Generic.List[string]]::new()
            for (; $i -lt $Line.Count -and $Line[$i] -match '^\s*\|'; $i++) {
                $table.Add($Line[$i])
            }
            [pscustomobject]@{ Kind = 'Table'; Level = 0; Language = ''; Text = ''; Lines = $table.ToArray() }
        }
        elseif ($text -match '^(\s*)([-*]|\d+\.)\s+(.*)$') {
            $level = [int][Math]::Floor($Matches[1].Length / 2)
            $mark = $Matches[2] -replace '^\*$', '-'
            $item = $Matches[3]
            # What follows without a mark of its own goes on with the item.
            for ($i++; $i -lt $Line.Count -and $Line[$i] -match '\S' -and $Line[$i] -notmatch '^\s*([-*]|\d+\.)\s+|^```|^#|^\s*\|'; $i++) {
                $item += ' ' + $Line[$i].Trim()
            }
            [pscustomobject]@{ Kind = 'Item'; Level = $level; Language = $mark; Text = $item; Lines = @() }
        }
        else {
            $paragraph = $text.Trim()
            for ($i++; $i -lt $Line.Count -and $Line[$i] -match '\S' -and $Line[$i] -notmatch '^\s*[-*]\s+|^```|^#|^\s*\|'; $i++) {
                $paragraph += ' ' + $Line[$i].Trim()
            }
            [pscustomobject]@{ Kind = 'Paragraph'; Level = 0; Language = ''; Text = $paragraph; Lines = @() }
        }
    }
}

# A block as lines of plain text.
function Format-Block {
    [OutputType([string[]])]
    param($Block, [int] $Width)
    switch ($Block.Kind) {
        'Paragraph' { Split-Text (Convert-InlineMarkdown $Block.Text) $Width }
        'Item' {
            $first = (' ' * 2 * $Block.Level) + $Block.Language + ' '
            Split-Text (Convert-InlineMarkdown $Block.Text) $Width $first (' ' * $first.Length)
        }
        'Table' { Format-TextTable $Block.Lines $Width }
        'Code' { foreach ($one in $Block.Lines) { if ($one) { ' ' * $Indent + $one } else { '' } } }
    }
}

# An about topic as help text. The first section is the topic's short description: Get-Help shows its line in lists.
function ConvertTo-AboutText {
    [OutputType([string])]
    param([string] $Path)
    $name = [IO.Path]::GetFileNameWithoutExtension($Path)
    $blocks = @(Read-MarkdownBlock (Get-Content -LiteralPath $Path))
    if ($blocks.Count -lt 3 -or $blocks[0].Kind -ne 'Heading' -or $blocks[0].Text -ne $name -or $blocks[1].Text -ne 'SHORT DESCRIPTION' -or $blocks[2].Text.Length -gt $Width - $Indent) {
        throw "${Path}: an about topic begins with '# $name', '## SHORT DESCRIPTION' and one line of at most $($Width - $Indent) characters."
    }

    $lines = [Collections.Generic.List[string]]::new()
    $lines.Add('TOPIC')
    $lines.Add(' ' * $Indent + $name)
    $previous = $blocks[0]
    foreach ($block in $blocks | Select-Object -Skip 1) {
        $together = $block.Kind -eq 'Item' -and $previous.Kind -eq 'Item'
        $underHeading = $previous.Kind -eq 'Heading' -and $previous.Level -le 2 -and $block.Kind -ne 'Heading'
        if (-not $together -and -not $underHeading) {
            $lines.Add('')
        }
        if ($block.Kind -eq 'Heading') {
            $lines.Add($(if ($block.Level -le 2) { $block.Text } else { ' ' * ($Indent / 2) + $block.Text }))
        }
        else {
            foreach ($line in Format-Block $block ($Width - $Indent)) {
                $lines.Add($(if ($line) { ' ' * $Indent + $line } else { '' }))
            }
        }
        $previous = $block
    }
    ($lines -join "`n") + "`n"
}

# ---- MAML

# A markdown text as MAML paragraphs: one for each block, its lines broken already.
function ConvertTo-Paragraph {
    [OutputType([string[]])]
    param([AllowEmptyString()] [string] $Markdown)
    $items = [Collections.Generic.List[string]]::new()
    foreach ($block in Read-MarkdownBlock ($Markdown -replace [string][char]0x80 -split "`r?`n")) {
        $text = (Format-Block $block $MamlWidth) -join "`n"
        if ($block.Kind -eq 'Item') {
            $items.Add($text)
            continue
        }
        if ($items.Count) {
            $items -join "`n"
            $items.Clear()
        }
        $text
    }
    if ($items.Count) {
        $items -join "`n"
    }
}

# Puts paragraphs in the place of an element's content.
function Set-Paragraph {
    param([Xml.XmlElement] $Element, [string[]] $Paragraph)
    $Element.RemoveAll()
    foreach ($text in $Paragraph) {
        $para = $Element.OwnerDocument.CreateElement('maml', 'para', $Namespaces.maml)
        $para.InnerText = $text
        $null = $Element.AppendChild($para)
    }
}

# What an example's markdown says: its first powershell block is the code; the text and what it prints follow it.
function Split-Example {
    param([string] $Markdown)
    $blocks = @(Read-MarkdownBlock ($Markdown -replace [string][char]0x80 -split "`r?`n"))
    $code = $blocks | Where-Object { $_.Kind -eq 'Code' -and $_.Language -eq 'powershell' } | Select-Object -First 1
    $remarks = foreach ($block in $blocks) {
        if ($block -eq $code) {
            continue
        }
        # What a command prints is shown as it is printed.
        if ($block.Kind -eq 'Code') { $block.Lines -join "`n" } else { (Format-Block $block $MamlWidth) -join "`n" }
    }
    [pscustomobject]@{ Code = if ($code) { $code.Lines -join "`n" } else { '' }; Remarks = @($remarks) }
}

# PlatyPS leaves markdown in the texts, the examples' code in their introduction, links that lead nowhere in a help window, and drops default values.
function Repair-Maml {
    param([xml] $Document, [hashtable] $Default)
    $manager = [Xml.XmlNamespaceManager]::new($Document.NameTable)
    foreach ($prefix in $Namespaces.Keys) {
        $manager.AddNamespace($prefix, $Namespaces[$prefix])
    }

    foreach ($description in $Document.SelectNodes('//maml:description | //maml:alert', $manager)) {
        $markdown = @($description.SelectNodes('maml:para', $manager) | ForEach-Object InnerText) -join "`n`n"
        if ($markdown.Trim()) {
            Set-Paragraph $description @(ConvertTo-Paragraph $markdown)
        }
    }

    foreach ($command in $Document.SelectNodes('/*/command:command', $manager)) {
        $name = $command.SelectSingleNode('command:details/command:name', $manager).InnerText

        $number = 0
        foreach ($example in $command.SelectNodes('command:examples/command:example', $manager)) {
            $number++
            $title = $example.SelectSingleNode('maml:title', $manager)
            $title.InnerText = $title.InnerText.Trim('-', ' ') -replace '^Example \d+\s*[:-]?\s*', "Example ${number}: " -replace ': $', ''
            $introduction = $example.SelectSingleNode('maml:introduction', $manager)
            $parts = Split-Example (@($introduction.SelectNodes('maml:para', $manager) | ForEach-Object InnerText) -join "`n`n")
            $null = $example.RemoveChild($introduction)
            $example.SelectSingleNode('dev:code', $manager).InnerText = $parts.Code
            # The empty one keeps this example apart from the next.
            Set-Paragraph $example.SelectSingleNode('dev:remarks', $manager) (@($parts.Remarks) + '')
        }

        foreach ($link in @($command.SelectNodes('command:relatedLinks/maml:navigationLink', $manager))) {
            $uri = $link.SelectSingleNode('maml:uri', $manager)
            if ($uri.InnerText -notmatch '^https?://') {
                if ($link.SelectSingleNode('maml:linkText', $manager).InnerText -eq 'Online Version') {
                    $null = $link.ParentNode.RemoveChild($link)
                }
                else {
                    $uri.InnerText = ''
                }
            }
        }

        foreach ($parameter in $command.SelectNodes('command:parameters/command:parameter', $manager)) {
            $parameterName = $parameter.SelectSingleNode('maml:name', $manager).InnerText
            # The name of the type as a user writes it stands in the syntax only.
            $short = $command.SelectSingleNode("command:syntax/command:syntaxItem/command:parameter[maml:name='$parameterName']/command:parameterValue", $manager)
            $long = $parameter.SelectSingleNode('command:parameterValue', $manager)
            if ($short -and $long) {
                $long.InnerText = $short.InnerText
            }
            $value = $Default["$name $parameterName"]
            if ($value) {
                $element = $Document.CreateElement('dev', 'defaultValue', $Namespaces.dev)
                $element.InnerText = $value
                $null = $parameter.InsertAfter($element, $parameter.SelectSingleNode('dev:type', $manager))
            }
        }
    }
}

# ---- The two halves

function Export-About {
    foreach ($page in Get-ChildItem (Join-Path $PSScriptRoot 'about') -Filter 'about_*.md' | Sort-Object Name) {
        $file = Join-Path $OutputPath "$($page.BaseName).help.txt"
        [IO.File]::WriteAllText($file, (ConvertTo-AboutText $page.FullName))
        $page.BaseName
    }
}

function Export-Maml {
    if (-not (Get-Module Microsoft.PowerShell.PlatyPS -ListAvailable)) {
        throw "The cmdlets' help was not made: the module Microsoft.PowerShell.PlatyPS is missing. To get it: Install-PSResource Microsoft.PowerShell.PlatyPS (from the PowerShell Gallery; the same with PowerShellGet: Install-Module Microsoft.PowerShell.PlatyPS). Then run this again."
    }
    Import-Module Microsoft.PowerShell.PlatyPS
    $pages = @(Get-ChildItem (Join-Path $PSScriptRoot 'cmdlets') -Filter '*.md' | Sort-Object Name -Culture '')
    $exported = @((Import-PowerShellDataFile -LiteralPath $Module).CmdletsToExport)
    foreach ($missing in $exported | Where-Object { $_ -notin $pages.BaseName }) {
        Write-Warning "$missing has no page: docs/cmdlets/$missing.md is missing."
    }
    foreach ($orphan in $pages | Where-Object { $_.BaseName -notin $exported }) {
        throw "docs/cmdlets/$($orphan.Name) is the page of no cmdlet that the module exports."
    }

    $folder = Join-Path ([IO.Path]::GetTempPath()) "orchestratortools-help-$([guid]::NewGuid())"
    try {
        $commands = @(Import-MarkdownCommandHelp -LiteralPath $pages.FullName)
        $default = @{}
        foreach ($command in $commands) {
            foreach ($parameter in $command.Parameters) {
                $default["$($command.Title) $($parameter.Name)"] = $parameter.DefaultValue
            }
        }
        $made = $commands | Export-MamlCommandHelp -OutputFolder $folder | Select-Object -First 1
        $document = [Xml.XmlDocument]::new()
        $document.Load($made.FullName)
        Repair-Maml $document $default
    }
    finally {
        Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction Ignore
    }

    # The same bytes on every system.
    $settings = [Xml.XmlWriterSettings]@{ Indent = $true; NewLineChars = "`n"; NewLineHandling = 'None'; Encoding = [Text.UTF8Encoding]::new($false) }
    $stream = [IO.MemoryStream]::new()
    $writer = [Xml.XmlWriter]::Create($stream, $settings)
    $document.Save($writer)
    $writer.Dispose()
    $text = $settings.Encoding.GetString($stream.ToArray()) -replace "`r`n", "`n"
    [IO.File]::WriteAllText((Join-Path $OutputPath $MamlName), $text.TrimEnd() + "`n")
    $pages.Count
}

$Namespaces = @{
    maml    = 'http://schemas.microsoft.com/maml/2004/10'
    command = 'http://schemas.microsoft.com/maml/dev/command/2004/10'
    dev     = 'http://schemas.microsoft.com/maml/dev/2004/10'
}
$OutputPath = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)
$null = New-Item -ItemType Directory -Force $OutputPath
$topics = @(Export-About)
Write-Host "About topics: $($topics -join ', ')"
$count = Export-Maml
Write-Host "${MamlName}: $count pages"
