BeforeDiscovery {
    $root = Split-Path $PSScriptRoot -Parent
    $script:exported = @((Import-PowerShellDataFile (Join-Path $root 'OrchestratorTools.psd1')).CmdletsToExport | Sort-Object)
    # Data is there at discovery, commands are looked up when the test runs.
    # Find-VeloCloudMethod asks no server.
    $script:ofSystems = @($exported | Where-Object { $_ -match '-(VeloCloud|Vcd|Vro)' -and $_ -notlike 'Connect-*' -and $_ -ne 'Find-VeloCloudMethod' })
    $script:analyzer = [bool](Get-Module PSScriptAnalyzer -ListAvailable)
    $script:scripts = @(
        foreach ($place in 'OrchestratorTools.psd1', 'PSScriptAnalyzerSettings.psd1', 'build.ps1', 'tests', 'examples', 'bench', 'docs') {
            $path = Join-Path $root $place
            if (Test-Path $path) {
                Get-ChildItem $path -Recurse -File -Include '*.ps1', '*.psm1', '*.psd1' | Where-Object FullName -NotMatch '[\\/](bin|obj)[\\/]'
            }
        }
    ) | ForEach-Object { @{ Path = $_.FullName; Shown = [IO.Path]::GetRelativePath($root, $_.FullName).Replace('\', '/') } }
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
    $manifest = Import-PowerShellDataFile $ModulePath
    $cmdlets = (Get-Command Get-OrchestratorConnection).ImplementingType.Assembly
    $clients = [OrchestratorTools.Clients.Http.OrchestratorSession].Assembly
    $common = @('Verbose', 'Debug', 'ErrorAction', 'WarningAction', 'InformationAction', 'ProgressAction', 'ErrorVariable', 'WarningVariable', 'InformationVariable', 'OutVariable', 'OutBuffer', 'PipelineVariable')
    $commonAliases = @('vb', 'db', 'ea', 'wa', 'infa', 'proga', 'ev', 'wv', 'iv', 'ov', 'ob', 'pv')

    # The parameters that a cmdlet's class and its bases declare.
    function Get-DeclaredParameter {
        param([Type] $Type)
        $flags = [Reflection.BindingFlags]'Instance, Public, NonPublic, FlattenHierarchy'
        foreach ($property in $Type.GetProperties($flags)) {
            $attributes = @($property.GetCustomAttributes([Management.Automation.ParameterAttribute], $true))
            if ($attributes) {
                [pscustomobject]@{
                    Name       = $property.Name
                    Type       = $property.PropertyType
                    Attributes = $attributes
                    Aliases    = @($property.GetCustomAttributes([Management.Automation.AliasAttribute], $true) | ForEach-Object AliasNames)
                    Wildcards  = [bool]$property.GetCustomAttributes([Management.Automation.SupportsWildcardsAttribute], $true)
                    Completer  = [bool]$property.GetCustomAttributes([Management.Automation.ArgumentCompleterAttribute], $true)
                    Credential = [bool]$property.GetCustomAttributes([Management.Automation.CredentialAttribute], $true)
                }
            }
        }
    }

    # A type without array and nullable around it.
    function Get-ElementType {
        param([Type] $Type)
        while ($true) {
            if ($Type.IsArray) { $Type = $Type.GetElementType() }
            elseif ([Nullable]::GetUnderlyingType($Type)) { $Type = [Nullable]::GetUnderlyingType($Type) }
            else { return $Type }
        }
    }

    function Get-CmdletAttribute {
        param([Type] $Type)
        $Type.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)[0]
    }
}

Describe 'The manifest' {
    It 'exports every cmdlet of the assembly, and nothing else' {
        $classes = @($cmdlets.GetTypes() | Where-Object { $_.GetCustomAttributes([Management.Automation.CmdletAttribute], $false) } | ForEach-Object {
                $attribute = Get-CmdletAttribute $_
                "$($attribute.VerbName)-$($attribute.NounName)"
            })
        $classes.Count | Should -BeGreaterThan 0
        Compare-Object @($manifest.CmdletsToExport) $classes | ForEach-Object { "$($_.SideIndicator -replace '<=', 'only in the manifest:' -replace '=>', 'only in the assembly:') $($_.InputObject)" } | Should -BeNullOrEmpty
        @($manifest.CmdletsToExport | Group-Object | Where-Object Count -GT 1) | Should -BeNullOrEmpty
        @(Get-Command -Module OrchestratorTools).Name | Sort-Object | Should -Be @($manifest.CmdletsToExport | Sort-Object)
    }

    It 'is the one of the repository' {
        Get-Content -Raw $ModulePath | Should -Be (Get-Content -Raw (Join-Path $RepositoryRoot 'OrchestratorTools.psd1'))
    }

    It 'is clean' {
        $tested = Test-ModuleManifest $ModulePath -WarningVariable warned -WarningAction SilentlyContinue -ErrorAction Stop
        $warned | Should -BeNullOrEmpty
        $tested.ExportedCmdlets.Count | Should -Be $manifest.CmdletsToExport.Count
    }

    It 'says what PowerShell and which editions it needs, and exports explicitly' {
        $manifest.PowerShellVersion | Should -Be '7.4'
        @($manifest.CompatiblePSEditions) | Should -Be 'Core'
        $manifest.RootModule | Should -Be 'OrchestratorTools.dll'
        foreach ($list in 'FunctionsToExport', 'VariablesToExport', 'AliasesToExport', 'CmdletsToExport') {
            $manifest.ContainsKey($list) | Should -BeTrue -Because "$list is said"
            @($manifest[$list]) -like '*[*?]*' | Should -BeNullOrEmpty -Because 'wildcards load the module to find out'
        }
        foreach ($text in 'Author', 'Copyright', 'Description', 'GUID') {
            $manifest[$text] | Should -Not -BeNullOrEmpty
        }
        $manifest.ModuleVersion | Should -Be ($cmdlets.GetName().Version.ToString(3))
    }

    It 'can be found in a gallery' {
        $data = $manifest.PrivateData.PSData
        $data.LicenseUri | Should -Match '^https://'
        $data.ProjectUri | Should -Match '^https://'
        $data.ReleaseNotes | Should -Not -BeNullOrEmpty
        foreach ($tag in 'PSEdition_Core', 'Windows', 'Linux', 'MacOS', 'VeloCloud', 'vCloudDirector', 'Veeam') {
            $data.Tags | Should -Contain $tag
        }
        @($data.Tags) -match '\s' | Should -BeNullOrEmpty -Because 'a gallery takes tags without blanks only'
    }
}

Describe 'The module''s folder' {
    It 'holds what should ship and nothing else' {
        $wanted = @(
            'OrchestratorTools.psd1', 'OrchestratorTools.dll', 'OrchestratorTools.Clients.dll', 'LICENSE'
            $manifest.FormatsToProcess
            'dependencies/OrchestratorTools.Resilience.dll', 'dependencies/Polly.Core.dll'
            Get-ChildItem (Join-Path $RepositoryRoot 'en-US') | ForEach-Object { "en-US/$($_.Name)" }
        )
        $folder = Split-Path $ModulePath
        $there = Get-ChildItem $folder -Recurse -File | ForEach-Object { [IO.Path]::GetRelativePath($folder, $_.FullName).Replace('\', '/') }
        Compare-Object $wanted @($there) | ForEach-Object { "$($_.SideIndicator -replace '<=', 'missing:' -replace '=>', 'too much:') $($_.InputObject)" } | Should -BeNullOrEmpty
    }

    It 'holds the help of the repository' {
        foreach ($file in Get-ChildItem (Join-Path $RepositoryRoot 'en-US')) {
            (Get-FileHash (Join-Path (Split-Path $ModulePath) 'en-US' $file.Name)).Hash | Should -Be (Get-FileHash $file.FullName).Hash -Because "$($file.Name) was copied by the build"
        }
    }

    It 'holds no part of PowerShell' {
        Get-ChildItem (Split-Path $ModulePath) -Recurse -File | Where-Object Name -Match '^(System\.Management\.Automation|Microsoft\.PowerShell\..*)\.dll$' | Should -BeNullOrEmpty
    }

    It 'has format files that parse and are named by the manifest' {
        $files = @(Get-ChildItem (Split-Path $ModulePath) -Filter '*.ps1xml' | ForEach-Object Name | Sort-Object)
        $files | Should -Be @($manifest.FormatsToProcess | Sort-Object)
        foreach ($file in $files) {
            $path = Join-Path (Split-Path $ModulePath) $file
            { [xml](Get-Content -Raw $path) } | Should -Not -Throw
            # PowerShell's own reading of it, in a runspace of its own: what it cannot use is an error there.
            $path | Should -Not -BeNullOrEmpty
            $state = [Management.Automation.Runspaces.InitialSessionState]::CreateDefault2()
            $shell = [powershell]::Create($state)
            try {
                $null = $shell.AddCommand('Update-FormatData').AddParameter('PrependPath', $path).Invoke()
                @($shell.Streams.Error) | Should -BeNullOrEmpty
            }
            finally {
                $shell.Dispose()
            }
        }
    }

    It 'has format files that name types and properties that there are' {
        $types = @{}
        foreach ($type in $cmdlets.GetTypes() + $clients.GetTypes()) {
            $types[$type.FullName] = $type
        }
        $wrong = foreach ($file in $manifest.FormatsToProcess) {
            foreach ($view in ([xml](Get-Content -Raw (Join-Path (Split-Path $ModulePath) $file))).SelectNodes('//View')) {
                foreach ($name in $view.SelectNodes('ViewSelectedBy/TypeName')) {
                    $type = $types[$name.InnerText]
                    if (-not $type) {
                        "${file}: there is no type $($name.InnerText)"
                        continue
                    }
                    foreach ($property in $view.SelectNodes('.//PropertyName')) {
                        if (-not $type.GetProperty($property.InnerText)) {
                            "${file}: $($name.InnerText) has no property $($property.InnerText)"
                        }
                    }
                }
            }
        }
        $wrong | Should -BeNullOrEmpty
    }

    It 'has tables that fit 120 columns' {
        $wide = foreach ($file in $manifest.FormatsToProcess) {
            foreach ($view in ([xml](Get-Content -Raw (Join-Path (Split-Path $ModulePath) $file))).SelectNodes('//View[TableControl]')) {
                $columns = @($view.SelectNodes('TableControl/TableHeaders/TableColumnHeader'))
                $items = @($view.SelectNodes('TableControl/TableRowEntries/TableRowEntry[1]/TableColumnItems/TableColumnItem'))
                if ($columns.Count -ne $items.Count) {
                    "$($view.Name): $($columns.Count) headers, $($items.Count) columns"
                }
                $width = $columns.Count - 1
                foreach ($column in $columns) {
                    $given = $column.SelectSingleNode('Width')
                    # A column without a width takes what is left: ten columns at the least.
                    $width += if ($given) { [int]$given.InnerText } else { 10 }
                }
                if ($width -gt 120) {
                    "$($view.Name): $width columns"
                }
            }
        }
        $wide | Should -BeNullOrEmpty
    }
}

Describe 'The assemblies' {
    It 'show no type of Polly, in no signature and no field, public or private' {
        $flags = [Reflection.BindingFlags]'Public, NonPublic, Instance, Static, DeclaredOnly'
        $seen = [Collections.Generic.HashSet[Type]]::new()
        function Add-Seen {
            param([Type] $Type)
            if ($Type -and $seen.Add($Type)) {
                if ($Type.HasElementType) { Add-Seen $Type.GetElementType() }
                if ($Type.IsGenericType) { foreach ($argument in $Type.GetGenericArguments()) { Add-Seen $argument } }
            }
        }
        # Properties are read by their methods: PowerShell makes null of a property whose type cannot be loaded, and that is what is looked for.
        foreach ($type in $cmdlets.GetTypes() + $clients.GetTypes()) {
            Add-Seen ($type.get_BaseType())
            foreach ($interface in $type.GetInterfaces()) { Add-Seen $interface }
            foreach ($attribute in $type.GetCustomAttributesData()) { Add-Seen ($attribute.get_AttributeType()) }
            foreach ($field in $type.GetFields($flags)) { Add-Seen ($field.get_FieldType()) }
            foreach ($property in $type.GetProperties($flags)) { Add-Seen ($property.get_PropertyType()) }
            foreach ($raised in $type.GetEvents($flags)) { Add-Seen ($raised.get_EventHandlerType()) }
            foreach ($method in @($type.GetMethods($flags)) + @($type.GetConstructors($flags))) {
                if ($method -is [Reflection.MethodInfo]) { Add-Seen ($method.get_ReturnType()) }
                foreach ($parameter in $method.GetParameters()) { Add-Seen ($parameter.get_ParameterType()) }
                $body = $method.GetMethodBody()
                if ($body) { foreach ($local in $body.LocalVariables) { Add-Seen ($local.get_LocalType()) } }
            }
        }
        $seen.Count | Should -BeGreaterThan 100
        @($seen | Where-Object { $_.Assembly.GetName().Name -like 'Polly*' -or $_.Assembly.GetName().Name -eq 'OrchestratorTools.Resilience' }) | Should -BeNullOrEmpty
    }

    It 'refer to neither Polly nor the resilience layer' {
        foreach ($assembly in $cmdlets, $clients) {
            @($assembly.GetReferencedAssemblies().Name -match '^Polly|^OrchestratorTools\.Resilience$') | Should -BeNullOrEmpty
        }
        @($clients.GetReferencedAssemblies().Name -match 'Automation|PowerShell') | Should -BeNullOrEmpty -Because 'the clients know no PowerShell'
    }
}

Describe '<_>' -ForEach $exported {
    BeforeAll {
        $command = Get-Command $_ -Module OrchestratorTools -CommandType Cmdlet
        $type = $command.ImplementingType
        $attribute = Get-CmdletAttribute $type
        $declared = @(Get-DeclaredParameter $type)
        $system = if ($command.Noun -match '^(VeloCloud|Vcd|Vro|Orchestrator)') { $Matches[1] }
    }

    It 'has an approved verb, a singular noun and a prefix' {
        $command.Verb | Should -BeIn (Get-Verb).Verb
        $command.Noun | Should -MatchExactly '^(VeloCloud|Vcd|Vro|Orchestrator)([A-Z][a-z0-9]*)*$'
        $command.Noun | Should -Not -Match '(?<!s|u|i)s$' -Because 'nouns are singular'
    }

    It 'is a sealed class of its name, in its system''s namespace' {
        $type.Name | Should -Be "$($command.Verb)$($command.Noun)Command"
        $type.IsSealed | Should -BeTrue
        if ($system -ne 'Orchestrator') {
            $type.Namespace | Should -Be "OrchestratorTools.$system"
        }
    }

    It 'has a help page' {
        Join-Path $RepositoryRoot 'docs' 'cmdlets' "$_.md" | Should -Exist
    }

    It 'says what it puts out' {
        @($type.GetCustomAttributes([Management.Automation.OutputTypeAttribute], $true)).Count | Should -BeGreaterThan 0
    }

    It 'has a table view for what it puts out' {
        $missing = foreach ($output in $type.GetCustomAttributes([Management.Automation.OutputTypeAttribute], $true).Type.Type | Where-Object { $_ -and $_.Assembly -in $cmdlets, $clients -and -not $_.IsEnum }) {
            $candidate = $output
            $view = $null
            while ($candidate -and -not $view) {
                $view = Get-FormatData $candidate.FullName | ForEach-Object FormatViewDefinition | Where-Object { $_.Control -is [Management.Automation.TableControl] }
                $candidate = $candidate.BaseType
            }
            if (-not $view) {
                $output.FullName
            }
        }
        $missing | Should -BeNullOrEmpty
    }

    It 'asks before it changes something' {
        # What reads, and what changes this session and not the server.
        $reading = 'Get', 'Find', 'Search', 'Resolve', 'Test', 'Select', 'Wait', 'Connect'
        if ($command.Verb -notin $reading) {
            $attribute.SupportsShouldProcess | Should -BeTrue
            $command.Parameters.Keys | Should -Contain 'WhatIf'
        }
        if ($command.Verb -eq 'Remove' -or $command.Noun -match 'Failover$|Failback$|Promote|Undo$') {
            $attribute.ConfirmImpact | Should -Be 'High' -Because 'it cannot be undone'
        }
    }

    It 'names its parameters as PowerShell does' {
        foreach ($parameter in $declared) {
            $parameter.Name | Should -MatchExactly '^[A-Z][A-Za-z0-9]*$'
            $parameter.Name | Should -Not -BeIn ($common + 'WhatIf' + 'Confirm' + 'UseTransaction')
            foreach ($alias in $parameter.Aliases) {
                $alias | Should -Not -BeIn ($common + $commonAliases + 'wi' + 'cf')
            }
            # What a guest calls itself is no server's address.
            if ($parameter.Name -eq 'ComputerName' -and $command.Noun -like 'Vcd*') {
                continue
            }
            $parameter.Name | Should -Not -BeIn @(
                'Computer', 'ComputerName', 'Host', 'HostName', 'Credentials', 'User', 'Names', 'Ids', 'FilePath', 'FileName', 'Recursive', 'Overwrite', 'Async', 'NoWait', 'TimeoutSeconds', 'WaitTimeout', 'Retries'
            ) -Because 'there is a standard name for it (Server, Credential, Name, Id, Path, Recurse, Force, Wait, Timeout)'
        }
    }

    It 'gives standard parameters their standard types' {
        foreach ($parameter in $declared) {
            $element = Get-ElementType $parameter.Type
            $element | Should -Not -Be ([bool]) -Because "-$($parameter.Name) is a switch, unless three values are meant"
            switch ($parameter.Name) {
                { $_ -in 'PassThru', 'Force', 'Wait', 'NotDefault', 'NoProxy', 'SkipCertificateCheck', 'All', 'Recurse' } { $element | Should -Be ([switch]) -Because "-$_ is a switch" }
                { $_ -in 'Timeout', 'ThrottleLimit', 'MaximumRetryCount', 'First' } { $element | Should -Be ([int]) -Because "-$_ is a whole number" }
                { $_ -in 'Name', 'Path', 'Description' } { $element | Should -Be ([string]) -Because "-$_ is a text" }
                { $_ -like '*Credential' } {
                    $element | Should -Be ([pscredential])
                    $parameter.Credential | Should -BeTrue -Because "-$_ takes a user name and asks for the password"
                }
                { $_ -match '(Password|Token|Secret|Passphrase)$' -and $element -ne [switch] } { $element | Should -Be ([securestring]) -Because "-$_ is a secret" }
            }
            if ($parameter.Name -eq 'Name' -and $command.Verb -in 'Get', 'Find') {
                $parameter.Type | Should -Be ([string[]])
                $parameter.Wildcards | Should -BeTrue -Because 'names take wildcards'
                $parameter.Attributes.Position | Should -Contain 0 -Because 'names are positional'
            }
        }
    }

    It 'says which of its parameter sets is the usual one' {
        $sets = @($command.ParameterSets)
        if ($sets.Count -gt 1) {
            $command.DefaultParameterSet | Should -Not -BeNullOrEmpty
            $sets.Name | Should -Contain $command.DefaultParameterSet
        }
    }
}

Describe 'The connection of <_>' -ForEach $ofSystems {
    It 'can be named and completes' {
        $command = Get-Command $_ -Module OrchestratorTools -CommandType Cmdlet
        $parameter = @(Get-DeclaredParameter $command.ImplementingType | Where-Object Name -EQ 'Connection')
        $parameter.Count | Should -Be 1
        $parameter[0].Completer | Should -BeTrue
        (Get-ElementType $parameter[0].Type).Name | Should -Be 'ConnectionArgument'
        $changes = (Get-CmdletAttribute $command.ImplementingType).SupportsShouldProcess -and $command.Verb -ne 'Disconnect'
        # Export asks before it writes files here; at servers it only reads: at one, or at several where its files have room for them.
        if ($command.Verb -ne 'Export') {
            $parameter[0].Type.IsArray | Should -Be (-not $changes) -Because 'what changes something takes one connection, everything else several'
        }
        if ($command.Verb -ne 'Disconnect') {
            @($parameter[0].Attributes | Where-Object ValueFromPipelineByPropertyName).Count | Should -BeGreaterThan 0 -Because 'objects carry their connection'
        }
    }
}

Describe 'A standard parameter' {
    It 'has one type everywhere' {
        $byName = $manifest.CmdletsToExport | ForEach-Object { Get-DeclaredParameter (Get-Command $_ -Module OrchestratorTools).ImplementingType } | Group-Object Name
        foreach ($group in $byName | Where-Object Name -In 'Name', 'Connection', 'Server', 'PassThru', 'Wait', 'Timeout', 'Force', 'Description', 'Path', 'Credential', 'ServerCertificateThumbprint', 'Header', 'Method') {
            @($group.Group | ForEach-Object { (Get-ElementType $_.Type).FullName } | Sort-Object -Unique).Count | Should -Be 1 -Because "-$($group.Name) means the same everywhere"
        }
    }
}

Describe 'The scripts' {
    It 'give the analyzer nothing to say: <Shown>' -ForEach $(if ($analyzer) { $scripts }) {
        $settings = Import-PowerShellDataFile (Join-Path $RepositoryRoot 'PSScriptAnalyzerSettings.psd1')
        if ($Path -like '*.Tests.ps1') {
            # It does not see that what one block of a Pester file sets is used in another, and the passwords of a test are none.
            $settings.ExcludeRules += 'PSUseDeclaredVarsMoreThanAssignments', 'PSAvoidUsingConvertToSecureStringWithPlainText'
        }
        # The analyzer looks for the files that a manifest names beside it: they are in the built module.
        $file = if ($Shown -eq 'OrchestratorTools.psd1') { $ModulePath } else { $Path }
        Invoke-ScriptAnalyzer -Path $file -Settings $settings | ForEach-Object { "line $($_.Line): $($_.RuleName): $($_.Message)" } | Should -BeNullOrEmpty
    }

    if (-not $analyzer) {
        It 'give the analyzer nothing to say' {
            Set-ItResult -Skipped -Because 'PSScriptAnalyzer is missing: the scripts were not analyzed. To get it: Install-PSResource PSScriptAnalyzer'
        }
    }
}
