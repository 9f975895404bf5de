# vApps that are made, copied, moved, imported and captured.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    . $PSScriptRoot/RecordingHost.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }
    $oldState = $env:ORCHESTRATORTOOLS_STATE
    $env:ORCHESTRATORTOOLS_STATE = Join-Path $TestDrive state
    $null = Invoke-SimulatorCommand $simulator systems/vcd/vdc @{ name = 'acme-vdc'; vmQuota = 0 }
    $null = Invoke-SimulatorCommand $simulator systems/vcd/vdc @{ name = 'acme-vdc-small'; vmQuota = 0 }
    $null = Invoke-SimulatorCommand $simulator systems/vcd/item @{ kind = 'template'; name = 'Ubuntu 24.04' }
    $null = Invoke-SimulatorCommand $simulator systems/vcd/item @{ kind = 'template'; name = 'licensed'; licence = 'You may "use" it & must say so.' }
    $pair = 'web & db, two VMs'

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '(vapp-|vm-|vappTemplate-)?[0-9a-f-]{36}', 'ID')" })
    }

    function Clear-Log {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
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

    # What an error says, and what it recommends.
    function Get-Said {
        param($Failed)
        "$($Failed.Exception.Message) $($Failed.ErrorDetails.RecommendedAction)"
    }

    $script:number = 0
    function New-Name {
        param([string] $Prefix = 'made')
        $script:number++
        "$Prefix-$number"
    }

    # The next task of an operation ends badly.
    function Set-NextTask {
        param([string] $Operation = 'vdcInstantiateVapp')
        $null = Invoke-SimulatorCommand $simulator systems/vcd/nextTask @{ operationName = $Operation; state = 'error'; error = @{ majorErrorCode = 500; minorErrorCode = 'NO_SPACE'; message = 'The storage is full.' } }
    }

    # A package of one small disk.
    function New-Package {
        param([string] $Name, [string] $Licence)
        $folder = New-Item -ItemType Directory (Join-Path $TestDrive ([guid]::NewGuid()))
        Set-Content (Join-Path $folder disk.vmdk) ('x' * 5000) -NoNewline
        $eula = $Licence ? "<EulaSection><Info>i</Info><License>$Licence</License></EulaSection>" : ''
        $path = Join-Path $folder "$Name.ovf"
        Set-Content $path "<Envelope xmlns=""http://schemas.dmtf.org/ovf/envelope/1"" xmlns:ovf=""http://schemas.dmtf.org/ovf/envelope/1""><References><File ovf:id='f' ovf:href='disk.vmdk' ovf:size='5000'/></References><VirtualSystem ovf:id=""vm1""><Info>i</Info>$eula</VirtualSystem></Envelope>"
        $path
    }
}

AfterAll {
    $env:ORCHESTRATORTOOLS_STATE = $oldState
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'New-VcdVApp of a template' {
    BeforeEach {
        Clear-Log
    }

    It 'makes, connects, powers on and waits in one line, with a bar' {
        $run = Complete-AtHost (Start-AtHost "Get-VcdTemplate 'Ubuntu*' -Connection cloud | New-VcdVApp -Name webshop -Network @{ eth0 = 'dmz' } -PowerOn -Wait | Get-VcdVM | Select-Object Name, IPAddress, Network, Status")
        $run.Errors | Should -BeNullOrEmpty
        @($run.Output).Count | Should -Be 1
        $run.Output[0].Name | Should -Be 'vm1'
        $run.Output[0].IPAddress | Should -Match '^10\.'
        $run.Output[0].Network | Should -Be 'dmz'
        $run.Output[0].Status | Should -Be 'POWERED_ON'
        @($run.Progress | Where-Object Activity -Like '*webshop*') | Should -Not -BeNullOrEmpty
        @($run.Progress)[-1].RecordType | Should -Be 'Completed'
        Get-Change | Should -Be 'POST /api/vdc/ID/action/instantiateVAppTemplate'
    }

    It 'returns the task without -Wait, which leads to the vApp' {
        $name = New-Name
        $task = New-VcdVApp $name -Template 'Ubuntu 24.04' -Description 'line "one" & <two>'
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $task.OperationName | Should -Be 'vdcInstantiateVapp'
        $task.Connection | Should -Be 'cloud'
        $null = $task | Wait-VcdTask
        $vapp = Get-VcdVApp $name -Detailed
        $vapp.Description | Should -Be 'line "one" & <two>'
        $vapp.Status | Should -Be 'POWERED_OFF'
    }

    It 'calls each piped template''s vApp as the template, where no name is given' {
        $made = Get-VcdTemplate 'debian-12-base', 'windows-2022-core' | New-VcdVApp -Wait
        $made.Name | Sort-Object | Should -Be 'debian-12-base', 'windows-2022-core'
    }

    It 'makes no second vApp of one name' {
        $name = New-Name
        $failed = Get-Failure { Get-VcdTemplate 'debian-12-base', 'windows-2022-core' | New-VcdVApp $name }
        $failed.FullyQualifiedErrorId | Should -BeIn 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdVAppCommand', 'Vcd.Conflict,OrchestratorTools.Vcd.NewVcdVAppCommand'
        @(Get-Change).Count | Should -Be 1
    }

    It 'connects all network cards to one network' {
        $vapp = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -Network (Get-VcdNetwork dmz) -Wait
        $vapp.Networks | Should -Be 'dmz'
        ($vapp | Get-VcdVM).Network | Should -Be 'dmz', 'dmz'
    }

    It 'connects each card to its own network: by machine, by the template''s network, and to none' {
        $vapp = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -Network @{ 'db/eth0' = 'internal & db'; 'VM Network' = 'dmz' } -Wait
        $cards = @{}
        foreach ($vm in $vapp | Get-VcdVM -Detailed) { $cards[$vm.Name] = $vm.NetworkCards[0] }
        $cards.web.Network | Should -Be 'dmz'
        $cards.db.Network | Should -Be 'internal & db'
        $vapp = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -Network @{ 'web/0' = @{ Network = 'dmz'; IPAddress = '10.16.3.7' }; 'db/eth0' = 'none' } -Wait
        foreach ($vm in $vapp | Get-VcdVM -Detailed) { $cards[$vm.Name] = $vm.NetworkCards[0] }
        $cards.web.IPAddress | Should -Be '10.16.3.7'
        $cards.web.Mode | Should -Be 'MANUAL'
        $cards.db.Network | Should -Be 'none'
        $cards.db.IsConnected | Should -BeFalse
    }

    It 'warns of a card that -Network says nothing of' {
        $vapp = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -Network @{ 'web/eth0' = 'dmz' } -Wait -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike "Network card eth0 of virtual machine 'db' will not be connected*'VM Network'*"
        @($vapp | Get-VcdVM | Where-Object Network -EQ dmz).Name | Should -Be 'web'
    }

    It 'customizes the guest, and shows the password nowhere' {
        $name = New-Name
        $said = New-VcdVApp $name -Template 'Ubuntu 24.04' -ComputerName shop-1 -AdminPassword (ConvertTo-SecureString 'Geheim-4711' -AsPlainText -Force) -Wait -Debug -Verbose *>&1
        ($said | Out-String -Width 10000) | Should -Not -BeLike '*Geheim-4711*'
        $vm = Get-VcdVM -VApp $name -Detailed
        $vm.ComputerName | Should -Be 'shop-1'
        $section = (Invoke-VcdRequest "$($vm.Href)/guestCustomizationSection/").GuestCustomizationSection
        $section.Enabled | Should -Be 'true'
        $section.AdminPassword | Should -Be 'Geheim-4711'
        $section.AdminPasswordAuto | Should -Be 'false'
    }

    It 'gives several machines their computer names by a table' {
        $vapp = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -ComputerName @{ web = 'w-1'; db = 'd-1' } -Wait
        ($vapp | Get-VcdVM -Detailed | Sort-Object Name).ComputerName | Should -Be 'd-1', 'w-1'
    }

    It 'takes storage profile, policies and leases' {
        $vapp = New-VcdVApp (New-Name) -Template 'Ubuntu 24.04' -StorageProfile 'silver & bronze' -SizingPolicy small -PlacementPolicy 'licensed hosts' -RuntimeLease 1.00:00:00 -StorageLease 0 -Wait
        $vm = $vapp | Get-VcdVM
        $vm.StorageProfile | Should -Be 'silver & bronze'
        $whole = (Invoke-VcdRequest $vm.Href).Vm
        $whole.ComputePolicy.VmSizingPolicy.name | Should -Be 'small'
        $whole.ComputePolicy.VmPlacementPolicy.name | Should -Be 'licensed hosts'
        $lease = (Invoke-VcdRequest "$($vapp.Href)/leaseSettingsSection/").LeaseSettingsSection
        $lease.DeploymentLeaseInSeconds | Should -Be '86400'
        $lease.StorageLeaseInSeconds | Should -Be '0'
    }

    It 'accepts a licence only with -AcceptEula' {
        $name = New-Name
        $failed = Get-Failure { New-VcdVApp $name -Template licensed }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdVAppCommand'
        $failed.Exception.Message | Should -BeLike '*You may "use" it & must say so.*'
        Get-Change | Should -BeNullOrEmpty
        (New-VcdVApp $name -Template licensed -AcceptEula -Wait).Status | Should -Be 'POWERED_OFF'
    }

    It 'refuses <What> before anything is sent, and says what would be right' -ForEach @(
        @{ What = 'a name that is taken'; Run = { New-VcdVApp web -Template 'Ubuntu 24.04' }; Kind = 'Conflict'; Said = "*'web'*acme-vdc*already*" }
        @{ What = 'a network that the VDC has not'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -Network @{ eth0 = 'lab' } }; Kind = 'NotFound'; Said = "*'lab'*acme-vdc*'dmz'*'office, floor 2 (guest)'*" }
        @{ What = 'a network card that is not there'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -Network @{ eth3 = 'dmz' } }; Kind = 'Validation'; Said = "*'eth3'*vm1: eth0 (on 'VM Network')*" }
        @{ What = 'a storage profile that the VDC has not'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -StorageProfile tin }; Kind = 'NotFound'; Said = "*'tin'*'gold'*" }
        @{ What = 'a policy that the VDC has not'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -SizingPolicy huge }; Kind = 'NotFound'; Said = "*'huge'*'small'*" }
        @{ What = 'one computer name for two machines'; Run = { New-VcdVApp x -Template $pair -Vdc acme-vdc -ComputerName a }; Kind = 'Validation'; Said = "*2 virtual machines*'db', 'web'*" }
        @{ What = 'what is no computer name'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -ComputerName 'a b' }; Kind = 'Validation'; Said = '*letters, digits and hyphens*' }
        @{ What = 'a machine that is not there'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -ComputerName @{ nobody = 'a' } }; Kind = 'Validation'; Said = "*'nobody'*'vm1'*" }
        @{ What = 'a template that is still imported'; Run = { New-VcdVApp x -Template 'appliance (importing)' }; Kind = 'WrongState'; Said = '*UNRESOLVED*' }
        @{ What = 'no virtual data center of several'; Run = { New-VcdVApp x }; Kind = 'Validation'; Said = "*-Vdc is needed*'acme-vdc', 'acme-vdc-small'*" }
        @{ What = 'a template that is not there'; Run = { New-VcdVApp x -Template nothing }; Kind = 'NotFound'; Said = "*'nothing'*" }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be "Vcd.$Kind,OrchestratorTools.Vcd.NewVcdVAppCommand"
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses <What>' -ForEach @(
        @{ What = 'a bare number as a lease'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -RuntimeLease 7 }; Said = '*New-TimeSpan*' }
        @{ What = 'a lease below zero'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -StorageLease (New-TimeSpan -Days -1) }; Said = '*0 (without end)*' }
        @{ What = 'an empty password'; Run = { New-VcdVApp x -Template 'Ubuntu 24.04' -AdminPassword ([securestring]::new()) }; Said = '*SecureString*' }
        @{ What = 'no name at all'; Run = { New-VcdVApp -Vdc acme-vdc }; Said = '*needs a name*' }
    ) {
        $failed = Get-Failure $Run
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.BadParameter,OrchestratorTools.Vcd.NewVcdVAppCommand'
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses <What> in -Network' -ForEach @(
        @{ What = 'a variable that is empty'; Map = @{ eth0 = $null }; Said = "*'eth0' has no value*" }
        @{ What = 'an unknown mode'; Map = @{ eth0 = @{ Network = 'dmz'; Mode = 'static' } }; Said = '*POOL, DHCP, MANUAL, NONE*' }
        @{ What = 'an address that is none'; Map = @{ eth0 = @{ Network = 'dmz'; IPAddress = '10.0.0' + '.300' } }; Said = '*192.168.10.20*' }
        @{ What = 'an unknown key'; Map = @{ eth0 = @{ Network = 'dmz'; Adress = '10.0.0.3' } }; Said = '*Network, Mode and IPAddress*' }
        @{ What = 'an empty table'; Map = @{ }; Said = '*eth0 = ''dmz''*' }
    ) {
        $failed = Get-Failure { New-VcdVApp x -Template 'Ubuntu 24.04' -Network $Map }
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        New-VcdVApp (New-Name) -Template 'Ubuntu 24.04' -Network dmz -PowerOn -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'completes networks, storage profiles, policies, templates and virtual data centers' {
        foreach ($case in @(
                @{ Line = 'New-VcdVApp x -Network d'; Found = 'dmz' }
                @{ Line = 'New-VcdVApp x -StorageProfile go'; Found = 'gold' }
                @{ Line = 'New-VcdVApp x -SizingPolicy sm'; Found = 'small' }
                @{ Line = 'New-VcdVApp x -PlacementPolicy lic'; Found = "'licensed hosts'" }
                @{ Line = 'New-VcdVApp x -Template Ubu'; Found = "'Ubuntu 24.04'" }
                @{ Line = 'New-VcdVApp x -Vdc acme-vdc-'; Found = 'acme-vdc-small' })) {
            (TabExpansion2 $case.Line).CompletionMatches.CompletionText | Should -Contain $case.Found
        }
    }
}

Describe 'A making that fails' {
    BeforeEach {
        Clear-Log
    }

    It 'shows the server''s words and what was left' {
        $name = New-Name failed
        Set-NextTask
        $failed = Get-Failure { New-VcdVApp $name -Template 'Ubuntu 24.04' -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.NewVcdVAppCommand'
        Get-Said $failed | Should -BeLike "*The storage is full (NO_SPACE)*It left vApp '$name' (FAILED_CREATION, 1 virtual machine, https://*/api/vApp/vapp-*) in virtual data center 'acme-vdc'*-RemoveOnFailure*"
        (Get-VcdVApp $name).Status | Should -Be 'FAILED_CREATION'
    }

    It 'removes what was left with -RemoveOnFailure, which waits by itself' {
        $name = New-Name failed
        Set-NextTask
        $failed = Get-Failure { New-VcdVApp $name -Template 'Ubuntu 24.04' -RemoveOnFailure }
        $failed.Exception.Message | Should -BeLike "*The storage is full (NO_SPACE)*It left vApp '$name'*; that was removed.*"
        Get-VcdVApp $name -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-Change | Should -Be 'POST /api/vdc/ID/action/instantiateVAppTemplate', 'DELETE /api/vApp/ID'
    }

    It 'says so where what was left cannot be removed' {
        $name = New-Name failed
        Set-NextTask
        Set-NextTask 'vdcDelete*'
        $failed = Get-Failure { New-VcdVApp $name -Template 'Ubuntu 24.04' -RemoveOnFailure }
        Get-Said $failed | Should -BeLike "*It left vApp '$name'*, which could not be removed: *Remove-VcdVApp '$name' -Force*"
    }

    It 'returns the finished vApp with -RemoveOnFailure where all goes well' {
        New-VcdVApp (New-Name) -Template 'Ubuntu 24.04' -RemoveOnFailure | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVApp
    }

    It 'does not send again what was lost on the way, and says how to look' {
        $name = New-Name lost
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd LostAnswer -Method POST -Path */action/instantiateVAppTemplate
        $failed = Get-Failure { New-VcdVApp $name -Template 'Ubuntu 24.04' -Wait }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.OutcomeUnknown,OrchestratorTools.Vcd.NewVcdVAppCommand'
        Get-Said $failed | Should -BeLike "*Get-VcdVApp '$name' -Vdc 'acme-vdc'*"
        @(Get-Change).Count | Should -Be 1
    }
}

Describe 'New-VcdVApp of several, and of nothing' {
    BeforeEach {
        Clear-Log
    }

    It 'makes an empty vApp, with the networks that are named' {
        $vapp = New-VcdVApp (New-Name) -Vdc acme-vdc -Network dmz -Wait
        $vapp.NumberOfVMs | Should -Be 0
        $vapp.Networks | Should -Be 'dmz'
        Get-Change | Should -Be 'POST /api/vdc/ID/action/composeVApp'
    }

    It 'composes machines of vApps and templates' {
        $source = New-VcdVApp (New-Name) -Template $pair -Vdc acme-vdc -Wait
        $vapp = New-VcdVApp (New-Name) -SourceVM @($source | Get-VcdVM) -Template 'Ubuntu 24.04' -Network dmz -PowerOn -Wait
        $machines = $vapp | Get-VcdVM | Sort-Object Name
        $machines.Name | Should -Be 'db', 'vm1', 'web'
        $machines.Network | Select-Object -Unique | Should -Be 'dmz'
        $machines.Status | Select-Object -Unique | Should -Be 'POWERED_ON'
        @($source | Get-VcdVM).Count | Should -Be 2
    }

    It 'takes machines of a template, whose licence counts' {
        $vm = Get-VcdTemplate licensed | Get-VcdVM
        (Get-Failure { New-VcdVApp (New-Name) -SourceVM $vm }).Exception.Message | Should -BeLike '*-AcceptEula*'
        Get-Change | Should -BeNullOrEmpty
        (New-VcdVApp (New-Name) -SourceVM $vm -AcceptEula -Wait).NumberOfVMs | Should -Be 1
    }

    It 'refuses two machines of one name' {
        $failed = Get-Failure { New-VcdVApp x -Template 'Ubuntu 24.04', 'debian-12-base' }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdVAppCommand'
        $failed.Exception.Message | Should -BeLike "*2 of the virtual machines are called 'vm1'*"
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Copy-VcdVApp and Move-VcdVApp' {
    BeforeAll {
        $source = New-VcdVApp (New-Name source) -Template $pair -Vdc acme-vdc -Network dmz -Wait
    }

    BeforeEach {
        Clear-Log
    }

    It 'copies beside the vApp' {
        $name = New-Name copy
        $copy = $source | Copy-VcdVApp -Name $name -Description new -Wait
        $copy.Name | Should -Be $name
        $copy.Description | Should -Be 'new'
        $copy.Vdc | Should -Be 'acme-vdc'
        $copy.Id | Should -Not -Be $source.Id
        ($copy | Get-VcdVM).Network | Should -Be 'dmz', 'dmz'
        Get-VcdVApp $source.Name | Should -Not -BeNullOrEmpty
        Get-Change | Should -Be 'POST /api/vdc/ID/action/cloneVApp'
    }

    It 'copies to another virtual data center, onto the network that is named there' {
        $failed = Get-Failure { $source | Copy-VcdVApp -Vdc acme-vdc-small }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.CopyVcdVAppCommand'
        Get-Said $failed | Should -BeLike "*'dmz'*'acme-vdc-small' has not*'lab'*-Network @{ 'dmz' = 'NETWORK' }*"
        Get-Change | Should -BeNullOrEmpty
        $name = New-Name copy
        $copy = Copy-VcdVApp $source.Name $name -Vdc acme-vdc-small -Network @{ dmz = 'lab' } -StorageProfile '*' -Wait
        $copy.Vdc | Should -Be 'acme-vdc-small'
        $machine = @(Get-VcdVM -VApp $name)[0]
        $machine.Network | Should -Be 'dmz'
        $machine.StorageProfile | Should -Be '*'
        (Invoke-VcdRequest "$($copy.Href)/networkConfigSection/").NetworkConfigSection.NetworkConfig.Where{ $_.networkName -eq 'dmz' }.Configuration.ParentNetwork.name | Should -Be 'lab'
    }

    It 'returns a task without -Wait, and changes nothing under -WhatIf' {
        $source | Copy-VcdVApp -Name (New-Name) -WhatIf | Should -BeNullOrEmpty
        $source | Move-VcdVApp -Vdc acme-vdc-small -Network lab -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
        $task = $source | Copy-VcdVApp -Name (New-Name)
        $task.OperationName | Should -Be 'vdcCopyVapp'
        ($task | Wait-VcdTask).Status | Should -Be 'success'
    }

    It 'refuses a name that is taken, and a network that the vApp has not' {
        (Get-Failure { $source | Copy-VcdVApp }).FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.CopyVcdVAppCommand'
        (Get-Failure { $source | Copy-VcdVApp -Name x -Network @{ nothing = 'dmz' } }).Exception.Message | Should -BeLike "*'nothing'*it has 'dmz'*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'names what a copy that failed left, and removes it with -RemoveOnFailure' {
        $name = New-Name copy
        Set-NextTask vdcCopyVapp
        (Get-Failure { $source | Copy-VcdVApp -Name $name -RemoveOnFailure }).Exception.Message | Should -BeLike "*The storage is full*It left vApp '$name'*; that was removed*"
        Get-VcdVApp $name -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'moves a vApp that runs as it is: it keeps its id' {
        $vapp = New-VcdVApp (New-Name mover) -Template 'Ubuntu 24.04' -Network dmz -PowerOn -Wait
        $moved = $vapp.Name | Move-VcdVApp -Vdc acme-vdc-small -Network @{ dmz = 'lab' } -Wait
        $moved.Id | Should -Be $vapp.Id
        $moved.Status | Should -Be 'POWERED_ON'
        (Get-VcdVApp $vapp.Name).Vdc | Should -Be 'acme-vdc-small'
        ($moved | Get-VcdVM).Network | Should -Be 'dmz'
        @(Get-Change)[-1] | Should -Be 'POST /api/vdc/ID/action/moveVApp'
    }

    It 'moves several by a wildcard, and refuses where they are already' {
        1..2 | ForEach-Object { $null = New-VcdVApp "herd-$_" -Vdc acme-vdc -Wait }
        (Move-VcdVApp 'herd-*' acme-vdc-small -Wait).Vdc | Should -Be 'acme-vdc-small', 'acme-vdc-small'
        (Get-Failure { Move-VcdVApp herd-1 acme-vdc-small }).Exception.Message | Should -BeLike '*is in this virtual data center already*'
    }

    It 'moves by a copy only with -AllowNewIdentity, and only what is undeployed' {
        $vapp = New-VcdVApp (New-Name mover) -Template 'Ubuntu 24.04' -Network dmz -PowerOn -Wait
        (Get-Failure { $vapp | Move-VcdVApp -Vdc acme-vdc-small -Network lab -AllowNewIdentity }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.MoveVcdVAppCommand'
        $still = New-VcdVApp (New-Name mover) -Template 'Ubuntu 24.04' -Network dmz -Wait
        $moved = $still | Move-VcdVApp -Vdc acme-vdc-small -Network lab -AllowNewIdentity -Wait
        $moved.Id | Should -Not -Be $still.Id
        @(Get-VcdVApp $still.Name).Vdc | Should -Be 'acme-vdc-small'
    }
}

Describe 'New-VcdTemplate' {
    BeforeAll {
        $source = New-VcdVApp (New-Name source) -Template 'Ubuntu 24.04' -Network dmz -Wait
    }

    BeforeEach {
        Clear-Log
    }

    It 'makes a template in the catalog, which vApps can be made of' {
        $name = New-Name captured
        $template = $source | New-VcdTemplate -Catalog templates -Name $name -Description d -CustomizeOnInstantiate -Wait
        $template | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTemplate
        $template.Name | Should -Be $name
        $template.Catalog | Should -Be 'templates'
        $template.Status | Should -Be 'RESOLVED'
        (Get-VcdTemplate $name).Catalog | Should -Be 'templates'
        Get-Change | Should -Be 'POST /api/catalog/ID/action/captureVApp'
        ($template | New-VcdVApp -Name (New-Name) -Wait).NumberOfVMs | Should -Be 1
    }

    It 'replaces a template only with -Force: the item keeps its id' {
        $name = New-Name captured
        $null = New-VcdTemplate $source.Name templates -Name $name -Wait
        $item = Get-VcdCatalogItem $name -Catalog templates
        $failed = Get-Failure { New-VcdTemplate $source.Name templates -Name $name }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Conflict,OrchestratorTools.Vcd.NewVcdTemplateCommand'
        Get-Said $failed | Should -BeLike '*-Force*'
        (New-VcdTemplate $source.Name templates -Name $name -Force -Wait).Status | Should -Be 'RESOLVED'
        (Get-VcdCatalogItem $name -Catalog templates).Id | Should -Be $item.Id
        @(Get-VcdTemplate $name).Count | Should -Be 1
    }

    It 'refuses an empty vApp, and changes nothing under -WhatIf' {
        $empty = New-VcdVApp (New-Name) -Vdc acme-vdc -Wait
        Clear-Log
        (Get-Failure { $empty | New-VcdTemplate -Catalog templates }).FullyQualifiedErrorId | Should -Be 'Vcd.WrongState,OrchestratorTools.Vcd.NewVcdTemplateCommand'
        $source | New-VcdTemplate -Catalog templates -Name (New-Name) -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'returns a task without -Wait' {
        $task = $source | New-VcdTemplate -Catalog templates -Name (New-Name captured) -StorageProfile gold
        $task.OperationName | Should -Be 'vdcCaptureTemplate'
        ($task | Wait-VcdTask).Status | Should -Be 'success'
    }
}

Describe 'Import-VcdVApp' {
    BeforeEach {
        Clear-Log
    }

    It 'makes a vApp of a package and removes the template' {
        $name = New-Name imported
        $vapp = Import-VcdVApp (New-Package $name) -Catalog iso -Vdc acme-vdc -Network dmz -PowerOn
        $vapp | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVApp
        $vapp.Name | Should -Be $name
        $vapp.Status | Should -Be 'POWERED_ON'
        ($vapp | Get-VcdVM).Network | Should -Be 'dmz'
        Get-VcdTemplate $name -ErrorAction Ignore | Should -BeNullOrEmpty
    }

    It 'keeps the template with -KeepTemplate, and takes files of Get-ChildItem' {
        $name = New-Name imported
        $vapp = Get-ChildItem (New-Package $name) | Import-VcdVApp -Catalog iso -Vdc acme-vdc -KeepTemplate
        $vapp.Name | Should -Be $name
        (Get-VcdTemplate $name).Catalog | Should -Be 'iso'
    }

    It 'refuses <What> before it uploads' -ForEach @(
        @{ What = 'a network that is not there'; More = @{ Network = 'nothing' }; Kind = 'NotFound'; Said = "*'nothing'*'dmz'*" }
        @{ What = 'a name that is taken'; More = @{ Name = 'web' }; Kind = 'Conflict'; Said = "*'web'*already*" }
        @{ What = 'a licence'; Licence = 'Pay first.'; More = @{}; Kind = 'Validation'; Said = '*"Pay first."*' }
    ) {
        $package = New-Package (New-Name imported) $Licence
        $failed = Get-Failure { Import-VcdVApp $package -Catalog iso -Vdc acme-vdc @More }
        $failed.FullyQualifiedErrorId | Should -Be "Vcd.$Kind,OrchestratorTools.Vcd.ImportVcdVAppCommand"
        $failed.Exception.Message | Should -BeLike $Said
        Get-Change | Should -BeNullOrEmpty
    }

    It 'refuses what is no package, and changes nothing under -WhatIf' {
        Set-Content (Join-Path $TestDrive plain.ovf) hello
        (Get-Failure { Import-VcdVApp (Join-Path $TestDrive plain.ovf) -Catalog iso -Vdc acme-vdc }).FullyQualifiedErrorId | Should -Be 'Vcd.LocalFile,OrchestratorTools.Vcd.ImportVcdVAppCommand'
        Import-VcdVApp (New-Package (New-Name imported)) -Catalog iso -Vdc acme-vdc -WhatIf | Should -BeNullOrEmpty
        Get-Change | Should -BeNullOrEmpty
    }

    It 'keeps the template where the vApp cannot be made, and says how to go on, which works' {
        $name = New-Name imported
        $package = New-Package $name
        Set-NextTask
        $failed = Get-Failure { Import-VcdVApp $package -Catalog iso -Vdc acme-vdc }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Failed,OrchestratorTools.Vcd.ImportVcdVAppCommand'
        Get-Said $failed | Should -BeLike "*The storage is full*It left vApp '$name'*kept in catalog 'iso'*Get-VcdTemplate '$name' -Catalog 'iso' | New-VcdVApp -Name '$name'*"
        Remove-VcdVApp $name -Wait -Confirm:$false
        (Get-VcdTemplate $name -Catalog iso | New-VcdVApp -Name $name -Wait).Status | Should -Be 'POWERED_OFF'
    }

    It 'says on Ctrl+C what is there and how to go on' {
        $name = New-Name imported
        $package = New-Package $name
        Add-OrchestratorSimulatorFault -Simulator $simulator Vcd Latency -Milliseconds 3000 -Method POST -Path */action/instantiateVAppTemplate
        $begun = Start-AtHost "Import-VcdVApp '$package' -Catalog iso -Vdc acme-vdc -Connection cloud"
        Wait-Until { @(Get-Change) -like '*instantiateVAppTemplate' }
        $begun.Shell.Stop()
        "$((Complete-AtHost $begun).Warnings)" | Should -BeLike "*Template '$name' is in catalog 'iso'*Get-VcdTemplate '$name' -Catalog 'iso' | New-VcdVApp -Name '$name'*"
    }

    It 'leaves nothing behind with -RemoveOnFailure' {
        $name = New-Name imported
        $package = New-Package $name
        Set-NextTask
        (Get-Failure { Import-VcdVApp $package -Catalog iso -Vdc acme-vdc -RemoveOnFailure }).Exception.Message | Should -BeLike "*The storage is full*that was removed*"
        Get-VcdVApp $name -ErrorAction Ignore | Should -BeNullOrEmpty
        Get-VcdTemplate $name -ErrorAction Ignore | Should -BeNullOrEmpty
    }
}

Describe 'An old server' {
    BeforeAll {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = @('5.1', '5.5') }
        $null = Connect-TestVcd $simulator @{ Name = 'old'; NotDefault = $true }
    }

    AfterAll {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = $null }
    }

    It 'connects by the template''s network, as its guide does' {
        $name = New-Name old
        $vapp = New-VcdVApp $name -Connection old -Template 'Ubuntu 24.04' -Network @{ eth0 = 'dmz' } -StorageProfile 'silver & bronze' -PowerOn -Wait
        $vm = $vapp | Get-VcdVM -Detailed
        $vm.Network | Should -Be 'VM Network'
        $vm.IPAddress | Should -Match '^10\.'
        $vm.StorageProfile | Should -Be 'silver & bronze'
    }

    It 'refuses what its version cannot say, before anything is sent: <Parameter>' -ForEach @(
        @{ Parameter = '-ComputerName'; More = @{ ComputerName = 'x' } }
        @{ Parameter = '-SizingPolicy'; More = @{ SizingPolicy = 'small' } }
        @{ Parameter = '-PlacementPolicy'; More = @{ PlacementPolicy = 'small' } }
        @{ Parameter = '-CustomizeGuest'; More = @{ CustomizeGuest = $true } }
        @{ Parameter = '-Network'; More = @{ Network = @{ eth0 = @{ Network = 'dmz'; IPAddress = '10.16.3.9' } } } }
    ) {
        Clear-Log
        $failed = Get-Failure { New-VcdVApp x -Connection old -Template 'Ubuntu 24.04' @More }
        $failed.FullyQualifiedErrorId | Should -Be 'Vcd.Validation,OrchestratorTools.Vcd.NewVcdVAppCommand'
        $failed.Exception.Message | Should -BeLike "*$Parameter*API *this connection speaks 5.5*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'captures beside the catalog, and adds the item' {
        $vapp = New-VcdVApp (New-Name old) -Connection old -Template 'Ubuntu 24.04' -Wait
        Clear-Log
        $name = New-Name captured
        $template = $vapp | New-VcdTemplate -Catalog templates -Name $name -Wait
        $template.Status | Should -Be 'RESOLVED'
        (Get-VcdTemplate $name -Connection old).Catalog | Should -Be 'templates'
        Get-Change | Should -Be 'POST /api/vdc/ID/action/captureVApp', 'POST /api/catalog/ID/catalogItems'
    }

    It 'does not move a vApp as it is, and says so' {
        $vapp = New-VcdVApp (New-Name old) -Connection old -Vdc acme-vdc -Wait
        Clear-Log
        $failed = Get-Failure { $vapp | Move-VcdVApp -Vdc acme-vdc-small }
        Get-Said $failed | Should -BeLike '*API 34.0*-AllowNewIdentity*'
        Get-Change | Should -BeNullOrEmpty
        ($vapp | Move-VcdVApp -Vdc acme-vdc-small -AllowNewIdentity -Wait).Vdc | Should -Be 'acme-vdc-small'
    }
}
