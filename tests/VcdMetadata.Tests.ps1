# Metadata of whatever has some: types, domains, many keys at once.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ Speed = 30 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault

    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f-]{36}', 'ID')" })
    }

    # The first error of a command that is meant to fail.
    function Get-Failure {
        param([scriptblock] $Script)
        $ErrorActionPreference = 'Continue'
        try {
            @(& $Script 2>&1 | Where-Object { $_ -is [Management.Automation.ErrorRecord] })[0]
        }
        catch {
            $_
        }
    }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Metadata' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'of every type is set in one request and read back with its type' {
        $item = Get-VcdCatalogItem debian-12-base
        $time = [DateTimeOffset]::new(2030, 1, 2, 3, 4, 5, [TimeSpan]::FromHours(2))
        $entries = $item | Set-VcdMetadata ([ordered]@{ text = "a & <b>`nc"; empty = ''; number = -42; big = [long]::MaxValue; flag = $true; time = $time; 'a key/with % räksmörgås' = 'x' }) -Wait
        Get-Change | Should -HaveCount 1
        $entries | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdMetadataEntry
        @($entries).Count | Should -Be 7
        $read = @{}
        $item | Get-VcdMetadata | ForEach-Object { $read[$_.Key] = $_ }
        $read.text.Value | Should -BeExactly "a & <b>`nc"
        $read.empty.Value | Should -BeExactly ''
        $read.number.Value | Should -BeOfType long
        $read.number.Value | Should -Be -42
        $read.big.Value | Should -Be ([long]::MaxValue)
        $read.flag.Value | Should -BeTrue
        $read.flag.Type | Should -Be 'Boolean'
        $read.time.Value | Should -Be $time
        $read.time.Value.Offset | Should -Be ([TimeSpan]::Zero)
        $read['a key/with % räksmörgås'].Value | Should -Be 'x'
        $read.text.Domain | Should -Be 'General'
        $read.text.Visibility | Should -Be 'ReadWrite'
        $read.text.Connection | Should -Be 'cloud'
        $read.text | Out-String -Width 120 | Should -BeLike '*Key*Value*Type*Domain*'
    }

    It 'that is set again replaces, and what is not named stays' {
        $item = Get-VcdCatalogItem windows-2022-core
        $null = $item | Set-VcdMetadata @{ a = 1; b = 2 } -Wait
        $null = $item | Set-VcdMetadata @{ b = 'two' } -Wait
        @($item | Get-VcdMetadata | Sort-Object Key | ForEach-Object { "$($_.Key)=$($_.Value)/$($_.Type)" }) | Should -Be 'a=1/Number', 'b=two/String'
        @($item | Get-VcdMetadata -Key B).Count | Should -Be 0 -Because 'letter case counts'
        @($item | Get-VcdMetadata -Key [ab]).Count | Should -Be 2
    }

    It 'of <What> can be set and removed' -ForEach @(
        @{ What = 'organizations'; Get = { Get-VcdOrg acme -Connection provider } }
        @{ What = 'catalogs'; Get = { Get-VcdCatalog iso } }
        @{ What = 'catalog items'; Get = { @(Get-VcdCatalogItem -Catalog iso)[0] } }
        @{ What = 'media'; Get = { @(Get-VcdMedia -Catalog iso)[0] } }
        @{ What = 'vApp templates'; Get = { @(Get-VcdTemplate -Catalog templates)[0] } }
        @{ What = 'vApps'; Get = { @(Get-VcdVApp)[0] } }
        @{ What = 'virtual machines'; Get = { @(Get-VcdVM)[0] } }
        @{ What = 'disks'; Get = { @(Get-VcdDisk)[0] } }
        @{ What = 'virtual data centers'; Get = { @(Get-VcdVdc -Organization acme -Connection provider)[0] } }
        @{ What = 'networks'; Get = { @(Get-VcdNetwork -Organization acme -Connection provider)[0] } }
        @{ What = 'storage profiles'; Get = { @(Get-VcdStorageProfile -Organization acme -Connection provider)[0] } }
    ) {
        $object = & $Get
        $object | Should -Not -BeNullOrEmpty
        $task = $object | Set-VcdMetadata @{ probe = 7 }
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        ($object | Get-VcdMetadata -Key probe).Value | Should -Be 7
        $null = $object | Remove-VcdMetadata -Key probe -Wait -Confirm:$false
        $object | Get-VcdMetadata -Key probe | Should -BeNullOrEmpty
    }

    It 'in the SYSTEM domain is the provider''s, and seen as it says' {
        $catalog = Get-VcdCatalog iso -Organization acme -Connection provider
        $null = $catalog | Set-VcdMetadata @{ class = 'bronze' } -Domain System -Wait
        $null = $catalog | Set-VcdMetadata @{ cost = 7 } -Domain System -Visibility Private -Wait
        @($catalog | Get-VcdMetadata -Domain System | Sort-Object Key | ForEach-Object { "$($_.Key) $($_.Visibility)" }) | Should -Be 'class ReadOnly', 'cost Private'
        $seen = Get-VcdCatalog iso -Connection cloud | Get-VcdMetadata -Domain System
        @($seen).Key | Should -Be 'class'
        $null = $catalog | Remove-VcdMetadata -Key class, cost -Domain System -Wait -Confirm:$false
        @($catalog | Get-VcdMetadata -Domain System).Count | Should -Be 0
    }

    It 'has no visibility that its domain has not' {
        $item = Get-VcdCatalogItem debian-12-base
        (Get-Failure { $item | Set-VcdMetadata @{ a = 1 } -Visibility Private }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdMetadataCommand'
        (Get-Failure { $item | Set-VcdMetadata @{ a = 1 } -Domain System -Visibility ReadWrite }).FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdMetadataCommand'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'has no value that is <Why>' -ForEach @(
        @{ Why = 'nothing'; Value = $null; Said = "*-Metadata 'k'*Remove-VcdMetadata*" }
        @{ Why = 'a number with a fraction'; Value = 1.5; Said = "*1.5 is no whole number*as a text ('1.5')*" }
        @{ Why = 'too large'; Value = [ulong]::MaxValue; Said = '*no whole number of 64 bits*' }
        @{ Why = 'a list'; Value = @(1, 2); Said = '*Object*none of the types*' }
    ) {
        $failed = Get-Failure { Get-VcdCatalogItem debian-12-base | Set-VcdMetadata @{ k = $Value } }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.SetVcdMetadataCommand'
        "$failed" | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'takes whole numbers of any kind, and other values as texts' {
        $item = Get-VcdCatalogItem 'rocky-9 (hardened)'
        $id = [guid]::NewGuid()
        $null = $item | Set-VcdMetadata @{ a = [byte]1; b = [decimal]2; c = 3.0; d = $id; e = [DayOfWeek]::Friday; f = [version]'1.2'; g = [switch]$true } -Wait
        $read = @{}
        $item | Get-VcdMetadata | ForEach-Object { $read[$_.Key] = $_.Value }
        $read.a, $read.b, $read.c | Should -Be 1, 2, 3
        $read.d | Should -Be "$id"
        $read.e | Should -Be 'Friday'
        $read.f | Should -Be '1.2'
        $read.g | Should -BeTrue
    }

    It 'is removed key by key, one after the other, and asks' {
        $item = Get-VcdCatalogItem debian-12-base
        $null = $item | Set-VcdMetadata @{ 'tmp.a' = 1; 'tmp.b' = 2; 'tmp.c' = 3; keep = 4 } -Wait
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $item | Get-VcdMetadata -Key tmp.* | Remove-VcdMetadata -WhatIf
        Get-Change | Should -BeNullOrEmpty
        $ended = $item | Get-VcdMetadata -Key tmp.* | Remove-VcdMetadata -Wait -Confirm:$false
        @($ended).Count | Should -Be 1
        Get-Change | Should -HaveCount 3
        @($item | Get-VcdMetadata -Key tmp.*).Count | Should -Be 0
        @($item | Get-VcdMetadata -Key keep).Count | Should -Be 1
    }

    It 'that is not there cannot be removed, and nothing is' {
        $item = Get-VcdCatalogItem debian-12-base
        $null = $item | Set-VcdMetadata @{ there = 1 } -Wait
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        $failed = Get-Failure { $item | Remove-VcdMetadata -Key there, Missing -Confirm:$false }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.NotFound,OrchestratorTools.Vcd.RemoveVcdMetadataCommand'
        "$failed" | Should -BeLike "*'Missing'*'there' (GENERAL)*"
        $failed.TargetObject.Name | Should -Be 'debian-12-base'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'of what has none says so' {
        $failed = Get-Failure { @(Get-VcdUser)[0] | Get-VcdMetadata }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.GetVcdMetadataCommand'
        $failed = Get-Failure { Get-VcdMetadata iso }
        $failed.Exception.Message | Should -BeLike '*a name alone does not say what kind*'
    }

    It 'is asked of several servers' {
        $item = Get-VcdCatalogItem debian-12-base -Connection cloud
        $null = $item | Set-VcdMetadata @{ shared = 1 } -Wait
        @(Get-VcdMetadata $item.Id -Key shared -Connection cloud, provider).Connection | Sort-Object | Should -Be 'cloud', 'provider'
    }
}
