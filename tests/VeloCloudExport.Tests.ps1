BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ EdgeCount = 20 }
    $velo = $simulator.VeloCloud

    function Connect-Tier {
        param([string] $Tier, $Server = $velo)
        $user = $Server.Users | Where-Object Tier -EQ $Tier
        $parameters = @{ Server = $Server.Server; Credential = $user.Credential; Operator = $Tier -eq 'operator'; ServerCertificateThumbprint = $Server.CertificateThumbprint; NoProxy = $true; Name = $Tier }
        $null = Connect-VeloCloud @parameters
        switch ($Tier) {
            customer { @{} }
            partner { @{ Enterprise = 'Globex' } }
            operator { @{ Enterprise = 'Umbrella' } }
        }
    }

    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator VeloCloud | ForEach-Object { $_.Path -replace '^/portal/rest/' } | Where-Object { $_ -match '/(insert|update|delete|clone)' })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    function Disconnect-All {
        Get-OrchestratorConnection -System VeloCloud | Disconnect-VeloCloud
    }

    # The files of a folder: the path below it, and the digest.
    function Get-Digest {
        param([string] $Folder)
        Get-ChildItem -LiteralPath $Folder -Recurse -File | ForEach-Object { "$([IO.Path]::GetRelativePath($Folder, $_.FullName)) $((Get-FileHash -LiteralPath $_.FullName).Hash)" } | Sort-Object
    }

    function Set-Module {
        param([string] $Owner, [string] $Name, [scriptblock] $Change, [hashtable] $Where = @{})
        $module = Get-VeloCloudConfigurationModule -Profile $Owner $Name @Where
        $data = $module.Data
        & $Change $data
        $module | Set-VeloCloudConfigurationModule
    }
}

AfterAll {
    Disconnect-All
    Stop-OrchestratorSimulator $simulator
}

Describe 'Export and import as <_>' -ForEach 'customer', 'partner', 'operator' {
    BeforeAll {
        $tier = $_
        $where = Connect-Tier $tier
        $folder = Join-Path $TestDrive "export $tier"
    }

    AfterAll {
        Disconnect-All
    }

    BeforeEach {
        Clear-Log
    }

    It 'writes all profiles and edges, and the same bytes again' {
        $written = Export-VeloCloudConfiguration $folder @where
        $written.ProfileCount | Should -Be @(Get-VeloCloudProfile @where).Count
        $written.EdgeCount | Should -Be @(Get-VeloCloudEdge @where).Count
        $files = @(Get-ChildItem $folder -Recurse -File)
        $files.Count | Should -Be ($written.ModuleCount + 1)
        $written.Size | Should -Be ($files | Measure-Object Length -Sum).Sum
        Get-Change | Should -BeNullOrEmpty

        $again = Join-Path $TestDrive "again $tier"
        $null = Export-VeloCloudConfiguration $again -ThrottleLimit 1 @where
        Get-Digest $again | Should -Be (Get-Digest $folder)

        # Diffable: sorted names, a line a value, LF.
        $text = [IO.File]::ReadAllText((Get-ChildItem $folder -Recurse -Filter firewall.json | Select-Object -First 1).FullName)
        $text | Should -Not -Match "`r"
        $text | Should -BeLike "{`n  `"configurationId`": *`n}`n"
        @(Get-ChildItem $TestDrive -Filter '*.partial*') | Should -BeNullOrEmpty
    }

    It 'finds nothing to do when nothing is different' {
        @(Import-VeloCloudConfiguration $folder -Confirm:$false).State | Select-Object -Unique | Should -Be Unchanged
        Get-Change | Should -BeNullOrEmpty
    }

    It 'shows the difference with -WhatIf, and restores it' {
        Set-Module Branches firewall { param($data) $data.segments[0].outbound = @($data.segments[0].outbound[1]); $data.syslog_forwarding = $true } $where
        $edge = Get-VeloCloudEdge @where | Select-Object -First 1
        $own = $edge | Get-VeloCloudConfigurationModule -Name WAN
        $own.Data.networks = @('something')
        $own | Set-VeloCloudConfigurationModule
        Clear-Log
        $shown = @(Import-VeloCloudConfiguration $folder -WhatIf | Where-Object DifferenceCount)
        Get-Change | Should -BeNullOrEmpty
        $shown.Owner | Should -Be 'Branches', $edge.Name
        $shown.State | Select-Object -Unique | Should -Be Different
        @($shown[0].Differences.Path) | Should -Be '/segments/0/outbound/0', '/syslog_forwarding'
        "$($shown[0].Differences[1])" | Should -Be '~ /syslog_forwarding: true -> false'
        "$($shown[1].Differences)" | Should -Be '- /networks/0: "something"'

        $written = @(Import-VeloCloudConfiguration $folder -Confirm:$false | Where-Object State -EQ Written)
        $written.Module | Should -Be firewall, WAN
        Get-Change | Should -Be 'configuration/updateConfigurationModule', 'configuration/updateConfigurationModule'
        (Get-VeloCloudFirewallRule -Profile Branches @where).Name | Should -Be 'No telnet', 'AllowAny'
        @(Import-VeloCloudConfiguration $folder -Confirm:$false).State | Select-Object -Unique | Should -Be Unchanged
    }

    It 'restores only what is named' {
        Set-Module Branches firewall { param($data) $data.syslog_forwarding = $true } $where
        Set-Module Branches QOS { param($data) $data.serviceRateLimit.value = 7 } $where
        (Import-VeloCloudConfiguration $folder -Profile bran* -Module QOS -Confirm:$false).Module | Should -Be QOS
        (Get-VeloCloudConfigurationModule -Profile Branches firewall @where).Data.syslog_forwarding | Should -BeTrue
        (Import-VeloCloudConfiguration $folder -Profile Branches -Confirm:$false | Where-Object State -EQ Written).Module | Should -Be firewall
        Import-VeloCloudConfiguration $folder -Profile nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike "-Profile 'nope': there is no such profile in the export*"
    }
}

Describe 'Export-VeloCloudConfiguration' {
    BeforeAll {
        $null = Connect-Tier customer
        $place = Join-Path $TestDrive place
    }

    AfterAll {
        Disconnect-All
    }

    It 'writes what is named, and says what is missing before the folder is there' {
        $some = Export-VeloCloudConfiguration (Join-Path $TestDrive some) -Profile 'Branches' -Module firewall, QOS
        "$($some.ProfileCount) $($some.EdgeCount) $($some.ModuleCount)" | Should -Be '1 0 2'
        $one = Export-VeloCloudConfiguration (Join-Path $TestDrive one) -Edge branch-0000
        "$($one.ProfileCount) $($one.EdgeCount)" | Should -Be '0 1'
        Export-VeloCloudConfiguration (Join-Path $TestDrive none) -Edge nope -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.NotFound,*'
        Join-Path $TestDrive none | Should -Not -Exist
    }

    It 'replaces an export with -Force, and nothing else ever' {
        $null = Export-VeloCloudConfiguration $place -Profile Branches
        Export-VeloCloudConfiguration $place -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.LocalFile,*'
        (Export-VeloCloudConfiguration $place -Force -Edge branch-0000).EdgeCount | Should -Be 1
        Join-Path $place profiles | Should -Not -Exist
        $other = New-Item -ItemType Directory (Join-Path $TestDrive other)
        Set-Content (Join-Path $other 'dear.txt') 'mine'
        Export-VeloCloudConfiguration $other -Force -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*holds something else*'
        Join-Path $other 'dear.txt' | Should -Exist
        Export-VeloCloudConfiguration (Join-Path $TestDrive whatif) -WhatIf
        Join-Path $TestDrive whatif | Should -Not -Exist
    }

    It 'leaves nothing behind when it fails in the middle' {
        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud Status -Status 400 -Path */getEdgeConfigurationStack -Skip 2
        Export-VeloCloudConfiguration (Join-Path $TestDrive half) -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Count | Should -Be 1
        @(Get-ChildItem $TestDrive -Filter 'half*') | Should -BeNullOrEmpty
        Clear-OrchestratorSimulatorFault -Simulator $simulator
    }

    It 'writes no secret, and puts the server''s own back' {
        $null = Copy-VeloCloudProfile Branches Secrets
        $data = @{
            snmp      = @{ snmpv2c = @{ community = 'pub-lic-42' } }
            radio     = @(@{ ssid = 'guest'; passphrase = 'open-sesame' }, @{ ssid = 'staff'; passphrase = 'closed-sesame' })
            bypass    = 'not a secret'
            empty     = @{ password = '' }
            marked    = @{ isPassword = $true; value = 'marked-one' }
        }
        Set-VeloCloudConfigurationModule -Profile Secrets properties -Data $data
        $folder = Join-Path $TestDrive secrets
        $null = Export-VeloCloudConfiguration $folder -Profile Secrets
        $text = (Get-ChildItem $folder -Recurse -File | Get-Content -Raw) -join ''
        foreach ($secret in 'pub-lic-42', 'open-sesame', 'closed-sesame', 'marked-one') {
            $text | Should -Not -BeLike "*$secret*"
        }
        $text | Should -BeLike '*"not a secret"*'
        @(Import-VeloCloudConfiguration $folder -Confirm:$false).State | Select-Object -Unique | Should -Be Unchanged

        # The secrets follow their things, not their places; and no text shows one.
        $module = Get-VeloCloudConfigurationModule -Profile Secrets properties
        $module.Data.radio = @($module.Data.radio[1], $module.Data.radio[0])
        $module.Data.bypass = 'changed'
        $module | Set-VeloCloudConfigurationModule
        $shown = Import-VeloCloudConfiguration $folder -WhatIf -Verbose 4>&1 6>&1 | Out-String
        $shown | Should -Not -BeLike '*sesame*'
        $null = Import-VeloCloudConfiguration $folder -Confirm:$false
        $after = (Get-VeloCloudConfigurationModule -Profile Secrets properties).Data
        "$($after.radio[0].ssid) $($after.radio[0].passphrase) $($after.radio[1].passphrase) $($after.bypass)" | Should -Be 'guest open-sesame closed-sesame not a secret'

        # A thing that is gone has no secret to put back: nothing is written then.
        $module = Get-VeloCloudConfigurationModule -Profile Secrets properties
        $module.Data.radio = @($module.Data.radio[1])
        $module | Set-VeloCloudConfigurationModule
        Clear-Log
        Import-VeloCloudConfiguration $folder -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.Exception.Message | Should -BeLike '*the secret at /radio/0/passphrase is not in the export*Nothing was written*'
        Get-Change | Should -BeNullOrEmpty
        Remove-VeloCloudProfile Secrets -Confirm:$false
    }
}

Describe 'Import-VeloCloudConfiguration' {
    BeforeAll {
        $null = Connect-Tier customer
        $good = Join-Path $TestDrive good
        $null = Export-VeloCloudConfiguration $good
        Set-Module Branches firewall { param($data) $data.firewall_enabled = $false }

        # A copy of the export, changed.
        function Copy-Export {
            param([scriptblock] $Change)
            $copy = Join-Path $TestDrive "copy-$([guid]::NewGuid())"
            Copy-Item $good $copy -Recurse
            $firewall = Get-ChildItem (Join-Path $copy profiles) -Recurse -Filter firewall.json | Where-Object FullName -Like '*Branches*'
            & $Change $copy $firewall.FullName | Out-Null
            $copy
        }
    }

    AfterAll {
        Disconnect-All
    }

    BeforeEach {
        Clear-Log
    }

    It 'writes nothing from a folder that is broken: <Because>' -ForEach @(
        @{ Because = 'no folder'; Says = '*There is no folder*'; Change = { param($folder) Remove-Item $folder -Recurse } }
        @{ Because = 'no manifest'; Says = '*manifest.json*is missing*'; Change = { param($folder) Remove-Item (Join-Path $folder manifest.json) } }
        @{ Because = 'a file is missing'; Says = '*firewall.json*is missing*'; Change = { param($folder, $file) Remove-Item -LiteralPath $file } }
        @{ Because = 'a file is cut'; Says = '*firewall.json*no JSON*'; Change = { param($folder, $file) [IO.File]::WriteAllText($file, [IO.File]::ReadAllText($file).Substring(0, 200)) } }
        @{ Because = 'a file was changed'; Says = '*firewall.json*was changed since*-Force*'; Change = { param($folder, $file) [IO.File]::WriteAllText($file, [IO.File]::ReadAllText($file).Replace('true', 'false')) } }
        @{ Because = 'a file is another module''s'; Says = '*not module firewall*'; Change = { param($folder, $file) Copy-Item -LiteralPath ($file -replace 'firewall', 'QOS') $file } }
        @{ Because = 'a file is another profile''s'; Says = '*ids are not those of the manifest*'; Change = { param($folder, $file) Copy-Item (Get-ChildItem (Join-Path $folder profiles) -Recurse -Filter firewall.json | Where-Object FullName -Like '*Quick*') $file } }
        @{ Because = 'another version'; Says = '*format version is 2*'; Change = { param($folder) $file = Join-Path $folder manifest.json; (Get-Content -Raw $file).Replace('"formatVersion": 1', '"formatVersion": 2') | Set-Content $file } }
        @{ Because = 'a name leads out of it'; Says = '*leads out of the folder*'; Change = { param($folder) $file = Join-Path $folder manifest.json; (Get-Content -Raw $file) -replace '"file": "profiles/[^"]*firewall.json"', '"file": "../firewall.json"' | Set-Content $file } }
    ) {
        $copy = Copy-Export $Change
        Import-VeloCloudConfiguration $copy -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.LocalFile,*'
        "$($failed.ErrorDetails.Message)" | Should -BeLike $Says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'restores to the same objects only: <Because>' -ForEach @(
        @{ Because = 'another server'; Says = '*export is of server elsewhere.example*'; From = '"server": "127.0.0.1:\d+"'; To = '"server": "elsewhere.example"' }
        @{ Because = 'an enterprise that is not seen'; Says = '*(id 1802)*does not see*'; From = '"id": 1801'; To = '"id": 1802' }
        @{ Because = 'an enterprise of the same id that is another'; Says = '*it is another one*'; From = '(?s)("enterprise": \{.*?"logicalId": ")[0-9a-f]{8}'; To = '${1}00000000' }
        @{ Because = 'a profile that is gone'; Says = "*profile 'Branches' (id 999) is not there any more*"; From = '(?s)("configurationId": )18012(,\s+"id": )18012'; To = '${1}18012${2}999' }
        @{ Because = 'an edge that is another'; Says = "*edge 'branch-0000' has the logical id*is something else now*"; From = '(?s)("configurationId": \d+,\s+"id": 10001,\s+"logicalId": ")[0-9a-f]{8}'; To = '${1}00000000' }
    ) {
        $copy = Copy-Export { param($folder) $file = Join-Path $folder manifest.json; (Get-Content -Raw $file) -replace $From, $To | Set-Content $file }
        (Get-FileHash (Join-Path $copy manifest.json)).Hash | Should -Not -Be (Get-FileHash (Join-Path $good manifest.json)).Hash
        Import-VeloCloudConfiguration $copy -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.ConnectionMismatch,*'
        $failed.Exception.Message | Should -BeLike $Says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'takes an edited file and another address with -Force' {
        $copy = Copy-Export {
            param($folder, $file)
            [IO.File]::WriteAllText($file, [IO.File]::ReadAllText($file).Replace('"inboundLoggingEnabled": false', '"inboundLoggingEnabled": true'))
            $manifest = Join-Path $folder manifest.json
            (Get-Content -Raw $manifest) -replace '"server": "127.0.0.1:\d+"', '"server": "elsewhere.example"' | Set-Content $manifest
        }
        $shown = @(Import-VeloCloudConfiguration $copy -Force -WhatIf | Where-Object DifferenceCount)
        @($shown.Differences.Path) | Should -Be '/firewall_enabled', '/inboundLoggingEnabled'
    }

    It 'does not write over somebody else''s change, stops there, and says what was written' {
        Set-Module Branches QOS { param($data) $data.serviceRateLimit.value = 5 }
        Set-Module Branches WAN { param($data) $data.links = @(1) }
        Clear-Log

        Add-OrchestratorSimulatorFault -Simulator $simulator VeloCloud LostAnswer -Path */updateConfigurationModule -Skip 1
        $done = @(Import-VeloCloudConfiguration $good -Profile Branches -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue | Where-Object State -EQ Written)
        $done.Module | Should -Be QOS
        $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.OutcomeUnknown,*'
        $failed.Exception.Message | Should -BeLike "The restore stopped at WAN of profile 'Branches'*Written before: QOS of profile 'Branches'. Not written: firewall of profile 'Branches'."
        @(Get-Change).Count | Should -Be 2
        Clear-OrchestratorSimulatorFault -Simulator $simulator
        (Import-VeloCloudConfiguration $good -Profile Branches -Confirm:$false | Where-Object State -EQ Written).Module | Should -Contain firewall
    }

    It 'says that the server is another one' {
        $second = Start-TestSimulator @{ EdgeCount = 4 }
        try {
            $null = Connect-VeloCloud $second.VeloCloud.Server -Credential $second.VeloCloud.Credential -ServerCertificateThumbprint $second.VeloCloud.CertificateThumbprint -NoProxy -Name second -NotDefault
            Import-VeloCloudConfiguration $good -Connection second -Confirm:$false -ErrorVariable failed -ErrorAction SilentlyContinue
            $failed.FullyQualifiedErrorId | Should -BeLike 'VeloCloud.ConnectionMismatch,*'
            Disconnect-VeloCloud second
        }
        finally {
            Stop-OrchestratorSimulator $second
        }
    }
}
