# What virtual machines are made of: CPUs, memory, disks, network adapters, guest customization, product sections.
BeforeAll {
    . $PSScriptRoot/Common.ps1
    $simulator = Start-TestSimulator @{ Speed = 60 }
    $null = Connect-TestVcd $simulator @{ Name = 'cloud' }

    # What reached the server and changes something.
    function Get-Change {
        @(Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object { $_.Method -in 'POST', 'PUT', 'DELETE' -and $_.Path -notlike '*session*' } | ForEach-Object { "$($_.Method) $($_.Path -replace '[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}', 'ID')" })
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

    # What an error says, with what it advises.
    function Get-Text {
        param($Failure)
        "$($Failure.Exception.Message) $($Failure.Exception.RecommendedAction)"
    }

    # What -WhatIf says.
    function Get-WhatIf {
        param([string] $Command)
        $null = Start-Transcript -Path "$TestDrive/whatif.txt" -Force
        try {
            $null = & ([scriptblock]::Create($Command))
        }
        finally {
            $null = Stop-Transcript
        }
        @(Get-Content "$TestDrive/whatif.txt" | Where-Object { $_ -like 'What if:*' })
    }

    function Get-Word {
        param([string] $Command)
        @((TabExpansion2 $Command $Command.Length).CompletionMatches.ListItemText)
    }

    $script:off = 'vm-0016'

    # The analyzer takes a computer name for a server's.
    $script:inside = 'mail-1', 'mail-2', 'mail-3', 'a_b', 'more-than-fifteen-characters'
    $script:secret = [securestring]::new()
    'T0p-s3cret!'.ToCharArray() | ForEach-Object { $secret.AppendChar($_) }
}

AfterAll {
    Get-OrchestratorConnection -System Vcd | Disconnect-Vcd -WarningAction Ignore
    Stop-OrchestratorSimulator $simulator
}

Describe 'Set-VcdVM' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'changes several things in one request and returns the machine' {
        $vm = Set-VcdVM $off -NumberOfCpus 4 -CoresPerSocket 2 -Memory 4GB -Description 'x & y' -ComputerName $inside[0] -StorageProfile 'silver & bronze' -Wait
        $vm | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        $vm.NumberOfCpus, $vm.CoresPerSocket, $vm.Memory, $vm.Description, $vm.ComputerName, $vm.StorageProfile, $vm.VApp | Should -Be @(4, 2, 4GB, 'x & y', 'mail-1', 'silver & bronze', 'mail')
        Get-Change | Should -Be @('POST /api/vApp/vm-ID/action/reconfigureVm')
    }

    It 'returns the task without -Wait, and the same machine can be waited for' {
        $task = Get-VcdVM $off | Set-VcdVM -Memory 2GB
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $task.Connection | Should -Be 'cloud'
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        (Get-VcdVM $off).Memory | Should -Be 2GB
    }

    It 'switches hot add on first, and adds to what runs' {
        $vm = Set-VcdVM $off -CpuHotAdd -MemoryHotAdd -NumberOfCpus 2 -CoresPerSocket 1 -Wait
        $vm.IsCpuHotAddEnabled, $vm.IsMemoryHotAddEnabled, $vm.NumberOfCpus | Should -Be @($true, $true, 2)
        Get-Change | Should -Be @('PUT /api/vApp/vm-ID/vmCapabilities/', 'POST /api/vApp/vm-ID/action/reconfigureVm')
        (Set-VcdVM $off -CpuHotAdd:$false -Wait).IsCpuHotAddEnabled | Should -BeFalse
    }

    It 'sends nothing where nothing differs, and returns the machine' {
        $vm = Set-VcdVM $off -NumberOfCpus 2 -MemoryHotAdd
        $vm | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVM
        Get-Change | Should -BeNullOrEmpty
    }

    It 'says with -WhatIf what each change is, from what to what, and sends nothing' {
        $line = Get-WhatIf "Set-VcdVM $off -Memory 8GB -NumberOfCpus 4 -Name post -WhatIf"
        $line | Should -BeLike "*Set name 'vm-0016' → 'post', CPUs 2 → 4, memory 2 GB → 8 GB*on target*virtual machine 'vm-0016' of vApp 'mail' at*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'renames one, and refuses one name for two before anything is sent' {
        (Set-VcdVM $off -Name 'post & more' -Wait).Name | Should -Be 'post & more'
        $null = Set-VcdVM 'post & more' -Name $off -Wait
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        (Get-Failure { Set-VcdVM vm-0009, vm-0011 -Name same }).Exception.Message | Should -BeLike '*-Name*one name is for one virtual machine*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'takes wildcards, and one that fails does not stop the others' {
        $output = Set-VcdVM vm-0009, nowhere, vm-0011 -Description bulk -Wait -ErrorAction SilentlyContinue -ErrorVariable failures
        @($output.Name | Sort-Object) | Should -Be @('vm-0009', 'vm-0011')
        $failures[0].FullyQualifiedErrorId | Should -BeLike 'Vcd.NotFound*'
        @(Set-VcdVM vm-001[0-1] -VApp db-cluster -Description again -Wait).Count | Should -Be 2
    }

    It 'is refused before the request: <name>' -ForEach @(
        @{ name = 'memory that is no multiple of 4 MB'; command = { Set-VcdVM vm-0016 -Memory 1000 }; id = '*BadParameter*'; says = '*-Memory*in steps of 4 MB*' }
        @{ name = 'CPUs that no sockets hold'; command = { Set-VcdVM vm-0016 -NumberOfCpus 3 -CoresPerSocket 2 }; id = 'Vcd.Validation*'; says = '*3 CPUs cannot be shared out in sockets of 2 cores*-NumberOfCpus 3 -CoresPerSocket 1*' }
        @{ name = 'memory of a running machine without hot add'; command = { Set-VcdVM vm-0010 -Memory 8GB }; id = 'Vcd.WrongState*'; says = '*-Memory 8 GB*hot add is off*' }
        @{ name = 'less memory of a running machine'; command = { Set-VcdVM vm-0008 -Memory 1GB }; id = 'Vcd.WrongState*'; says = '*gains but never loses*' }
        @{ name = 'sockets of a running machine'; command = { Set-VcdVM vm-0008 -NumberOfCpus 2 -CoresPerSocket 2 }; id = 'Vcd.WrongState*'; says = '*-CoresPerSocket 2*it runs*' }
        @{ name = 'a computer name that is none'; command = { Set-VcdVM vm-0016 -ComputerName $inside[3] }; id = '*BadParameter*'; says = '*letters, digits and hyphens*' }
        @{ name = 'a computer name that Windows does not take'; command = { Set-VcdVM 'db & cache' -ComputerName $inside[4] }; id = 'Vcd.Validation*'; says = '*Windows*at most 15 characters*' }
        @{ name = 'a storage profile of another virtual data center'; command = { Set-VcdVM vm-0016 -StorageProfile '`*' }; id = 'Vcd.*'; says = "*'acme-vdc-small'*" }
        @{ name = 'nothing to change'; command = { Set-VcdVM vm-0016 }; id = '*BadParameter*'; says = '*there is nothing to change*' }
    ) {
        $failure = Get-Failure $command
        $failure.FullyQualifiedErrorId | Should -BeLike $id
        Get-Text $failure | Should -BeLike $says
    }

    It 'is refused where the machine is suspended' {
        $null = Set-VcdVM vm-0009 -Description x -Wait
        $vm = Get-VcdVM | Where-Object Status -EQ POWERED_ON | Where-Object Name -EQ vm-0010
        $null = Invoke-VcdRequest "$($vm.Href)/power/action/suspend" -Method Post | ForEach-Object { Wait-VcdTask $_.Task.id }
        try {
            $failure = Get-Failure { Set-VcdVM vm-0010 -Memory 8GB }
            $failure.FullyQualifiedErrorId | Should -BeLike 'Vcd.WrongState*'
            Get-Text $failure | Should -BeLike '*is suspended*Resume it*'
            (Get-Failure { New-VcdVMDisk vm-0010 1GB }).FullyQualifiedErrorId | Should -BeLike 'Vcd.WrongState*'
            (Get-Failure { Set-VcdVMNetworkAdapter vm-0010 0 -Connected }).FullyQualifiedErrorId | Should -BeLike 'Vcd.WrongState*'
        }
        finally {
            $null = Invoke-VcdRequest "$($vm.Href)/power/action/powerOn" -Method Post | ForEach-Object { Wait-VcdTask $_.Task.id }
        }
    }

    It 'passes on what the server says: a name that is taken, a machine that is busy' {
        (Get-Failure { Set-VcdVM vm-0009 -Name vm-0011 -Wait }).Exception.Message | Should -BeLike '*vm-0011*'
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ taskStepSeconds = 60 }
        try {
            $first = Set-VcdVM vm-0009 -Description 'first'
            $busy = Get-Failure { Set-VcdVM vm-0009 -Description 'second' }
            $busy.FullyQualifiedErrorId | Should -BeLike 'Vcd.*'
            $busy.Exception.ServerCode | Should -Be 'BUSY_ENTITY'
            (Get-Failure { New-VcdVMDisk vm-0009 1GB }).Exception.ServerCode | Should -Be 'BUSY_ENTITY'
            ($first | Wait-VcdTask).Status | Should -Be 'success'
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ taskStepSeconds = $null }
        }
    }

    It 'sends section by section to a server before API 5.1, and says what that has no words for' {
        $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = @('1.5') }
        try {
            $null = Connect-TestVcd $simulator @{ Name = 'old'; NotDefault = $true }
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
            $vm = Set-VcdVM $off -NumberOfCpus 3 -Memory 3GB -Description old -ComputerName $inside[1] -Connection old -Wait
            $vm.NumberOfCpus, $vm.Memory, $vm.Description, $vm.ComputerName | Should -Be @(3, 3GB, 'old', $inside[1])
            Get-Change | Should -Be @('PUT /api/vApp/vm-ID/virtualHardwareSection/cpu', 'PUT /api/vApp/vm-ID/virtualHardwareSection/memory', 'PUT /api/vApp/vm-ID/guestCustomizationSection/', 'PUT /api/vApp/vm-ID')
            Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
            foreach ($command in { Set-VcdVM $off -CoresPerSocket 3 -Connection old }, { Set-VcdVM $off -CpuHotAdd -Connection old }, { Set-VcdVM $off -StorageProfile gold -Connection old }, { New-VcdVMDisk $off 1GB -Bus Sata -Connection old }, { Set-VcdVMNetworkAdapter $off 0 -AdapterType E1000 -Connection old }) {
                Get-Text (Get-Failure $command) | Should -BeLike '*API version 1.5*first*later -ApiVersion*'
            }
            Get-Change | Should -BeNullOrEmpty
        }
        finally {
            $null = Invoke-SimulatorCommand $simulator systems/vcd/settings @{ versions = $null }
            Get-OrchestratorConnection old | Disconnect-Vcd -WarningAction Ignore
        }
        (Set-VcdVM $off -NumberOfCpus 2 -CoresPerSocket 1 -Memory 2GB -Wait).NumberOfCpus | Should -Be 2
    }

    It 'does not change a machine of a template' {
        $failure = Get-Failure { Get-VcdTemplate 'debian-12-base' | Get-VcdVM | Select-Object -First 1 | Set-VcdVM -Description x }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Vcd.Validation*'
        Get-Text $failure | Should -BeLike '*template*'
    }
}

Describe 'Disks of machines' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are shown with machine, size, bus and storage profile, by name and from a listing' {
        $disks = @(Get-VcdVMDisk $off)
        $disks.Count | Should -Be 2
        $disks[0].VM, $disks[0].VApp, $disks[0].Name, $disks[0].Size, "$($disks[0].Bus)", $disks[0].IsIndependent, $disks[0].Connection | Should -Be @($off, 'mail', 'Hard disk 1', 24GB, 'VirtualScsi', $false, 'cloud')
        @(Get-VcdVM 'db & cache' | Get-VcdVMDisk -DiskName '* 1', '* 2').Name | Should -Be @('Hard disk 1', 'Hard disk 2')
        @(Get-VcdVMDisk 'app (blue), 1' | Where-Object IsIndependent).Name | Should -Be 'Hard disk 2'
        @(Get-VcdTemplate 'web & db, two VMs' | Get-VcdVM | Get-VcdVMDisk).Count | Should -BeGreaterThan 1
        (Get-Failure { Get-VcdVMDisk $off 'Hard disk 9' }).Exception.Message | Should -BeLike "*-DiskName 'Hard disk 9'*it has 'Hard disk 1', 'Hard disk 2'*"
    }

    It 'are added, on the controller and in the storage profile that are named' {
        $disk = New-VcdVMDisk $off 10GB -Wait
        $disk | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdVMDisk
        $disk.Name, $disk.Size, "$($disk.Bus)", $disk.UnitNumber | Should -Be @('Hard disk 3', 10GB, 'VirtualScsi', 2)
        $other = New-VcdVMDisk $off 1GB -Bus Sata -StorageProfile gold -Wait
        $other.Name, "$($other.Bus)", $other.UnitNumber, $other.StorageProfile, $other.HasOwnStorageProfile | Should -Be @('Hard disk 4', 'Sata', 0, 'gold', $true)
        Get-Change | Should -Be @('PUT /api/vApp/vm-ID/virtualHardwareSection/disks', 'PUT /api/vApp/vm-ID/virtualHardwareSection/disks')
    }

    It 'grow together in one request' {
        $disks = Get-VcdVMDisk $off | Set-VcdVMDisk -Size 40GB -Wait
        @($disks.Size | Select-Object -Unique) | Should -Be @(40GB)
        $disks.Count | Should -Be 4
        @(Get-Change).Count | Should -Be 1
        (Set-VcdVMDisk $off 'Hard disk 3' -Size 41GB -Wait).Size | Should -Be 41GB
        (Get-VcdVM $off | Set-VcdVMDisk -DiskName 'Hard disk 3' -StorageProfile gold -Wait).StorageProfile | Should -Be 'gold'
    }

    It 'are removed together in one request, and each is asked about' {
        $lines = Get-WhatIf "Get-VcdVMDisk $off 'Hard disk [34]' | Remove-VcdVMDisk -WhatIf"
        $lines.Count | Should -Be 2
        $lines[0] | Should -BeLike "*Remove disk 'Hard disk 3' (41 GB) with all that is on it; it cannot be undone*virtual machine '$off' of vApp 'mail'*"
        Get-Change | Should -BeNullOrEmpty
        (Get-VcdVMDisk $off 'Hard disk [34]' | Remove-VcdVMDisk -Confirm:$false -Wait).Status | Should -Be 'success'
        @(Get-VcdVMDisk $off).Name | Should -Be @('Hard disk 1', 'Hard disk 2')
        @(Get-Change).Count | Should -Be 1
    }

    It 'give a task without -Wait' {
        $task = New-VcdVMDisk $off 1GB
        ($task | Wait-VcdTask).Status | Should -Be 'success'
        $task = Set-VcdVMDisk $off 'Hard disk 3' -Size 2GB
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        $null = Remove-VcdVMDisk $off 'Hard disk 3' -Confirm:$false | Wait-VcdTask
        @(Get-VcdVMDisk $off).Count | Should -Be 2
    }

    It 'are refused before the request: <name>' -ForEach @(
        @{ name = 'shrinking'; command = { Set-VcdVMDisk vm-0016 'Hard disk 1' -Size 1GB }; id = 'Vcd.Validation*'; says = '*has 40 GB; 1 GB is less, and disks only grow*' }
        @{ name = 'half a megabyte'; command = { Set-VcdVMDisk vm-0016 'Hard disk 1' -Size 1000 }; id = '*BadParameter*'; says = '*in steps of 1 MB*' }
        @{ name = 'removing an independent disk'; command = { Remove-VcdVMDisk 'app (blue), 1' 'Hard disk 2' -Confirm:$false }; id = 'Vcd.WrongState*'; says = '*independent disk*Dismount-VcdDisk*' }
        @{ name = 'changing an independent disk'; command = { Set-VcdVMDisk 'app (blue), 1' 'Hard disk 2' -Size 900GB }; id = 'Vcd.WrongState*'; says = '*Set-VcdDisk*' }
        @{ name = 'growing beside a snapshot'; command = { Set-VcdVMDisk 'app (blue), 1' 'Hard disk 1' -Size 900GB }; id = 'Vcd.WrongState*'; says = '*snapshot*Remove-VcdSnapshot*' }
        @{ name = 'nothing to change'; command = { Set-VcdVMDisk vm-0016 'Hard disk 1' }; id = '*BadParameter*'; says = '*-Size or -StorageProfile*' }
    ) {
        $failure = Get-Failure $command
        $failure.FullyQualifiedErrorId | Should -BeLike $id
        Get-Text $failure | Should -BeLike $says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'of templates are not changed' {
        $failure = Get-Failure { Get-VcdTemplate 'web & db, two VMs' | Get-VcdVM | Select-Object -First 1 | Get-VcdVMDisk | Set-VcdVMDisk -Size 900GB }
        $failure.FullyQualifiedErrorId | Should -BeLike 'Vcd.Validation*'
        $failure.Exception.Message | Should -BeLike '*belongs to a vApp template*'
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are acted on for the organization that they were read for' {
        $null = Connect-Vcd $simulator.Vcd.Server -Organization System -Credential ($simulator.Vcd.Users | Where-Object Organization -EQ System).Credential -ServerCertificateThumbprint $simulator.Vcd.CertificateThumbprint -NoProxy -Name provider -NotDefault
        $disk = Get-VcdVMDisk $off 'Hard disk 2' -Connection provider -Organization acme
        $disk.Connection | Should -Be 'provider'
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
        ($disk | Set-VcdVMDisk -Size 44GB -Wait).Connection | Should -Be 'provider'
        $sent = Get-OrchestratorSimulatorRequest -Simulator $simulator Vcd | Where-Object Method -EQ PUT
        $sent.Headers['X-VMWARE-VCLOUD-AUTH-CONTEXT'] | Should -Be 'acme'
        (Get-Failure { $disk | Set-VcdVMDisk -Size 45GB -Connection cloud }).FullyQualifiedErrorId | Should -BeLike 'Vcd.ConnectionMismatch*'
    }

    It 'complete by the machine that is typed' {
        Get-Word "Set-VcdVMDisk $off -DiskName 'Hard" | Should -Be @('Hard disk 1', 'Hard disk 2')
    }
}

Describe 'Network adapters of machines' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are shown' {
        $adapters = @(Get-VcdVMNetworkAdapter $off)
        $adapters | ForEach-Object { "$($_.VM) $($_.Index) $($_.Network) $($_.Mode) $($_.IsConnected) $($_.IsPrimary) $($_.Connection)" } | Should -Be @("$off 0 dmz POOL True True cloud", "$off 1 internal & db POOL True False cloud")
        (Get-VcdVM $off | Get-VcdVMNetworkAdapter -Index 1).IPAddress | Should -Match '^10\.'
        (Get-Failure { Get-VcdVMNetworkAdapter $off 7 }).Exception.Message | Should -BeLike "*-Index 7*it has '0', '1'*"
    }

    It 'are added: at a network of the vApp with an address of its pool, or at none' {
        $added = New-VcdVMNetworkAdapter $off dmz -Wait
        $added | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdNetworkCard
        $added.Index, $added.Network, $added.Mode, $added.IsConnected, $added.IsPrimary | Should -Be @(2, 'dmz', 'POOL', $true, $false)
        $added.IPAddress | Should -Match '^10\.16\.'
        $bare = New-VcdVMNetworkAdapter $off -AdapterType E1000 -Wait
        $bare.Index, $bare.Network, $bare.Mode, $bare.IsConnected, $bare.AdapterType | Should -Be @(3, 'none', 'NONE', $false, 'E1000')
    }

    It 'change together in one request' {
        $changed = Get-VcdVMNetworkAdapter $off -Index 2, 3 | Set-VcdVMNetworkAdapter -Network 'internal & db' -Mode Dhcp -Wait
        $changed | ForEach-Object { "$($_.Index) $($_.Network) $($_.Mode) $($_.IsConnected)" } | Should -Be @('2 internal & db DHCP True', '3 internal & db DHCP True')
        @(Get-Change).Count | Should -Be 1
        $manual = Set-VcdVMNetworkAdapter $off 2 -IPAddress 10.32.200.9 -MacAddress 00:50:56:aa:00:09 -Primary -Wait
        $manual.Mode, $manual.IPAddress, $manual.MacAddress, $manual.IsPrimary | Should -Be @('MANUAL', '10.32.200.9', '00:50:56:aa:00:09', $true)
        (Set-VcdVMNetworkAdapter $off 2 -Connected:$false -Wait).IsConnected | Should -BeFalse
        $gone = Set-VcdVMNetworkAdapter $off 2 -Network none -Wait
        $gone.Network, $gone.Mode, $gone.IPAddress | Should -Be @('none', 'NONE', $null)
        (Set-VcdVMNetworkAdapter $off 2 -Network DMZ -Wait).Network | Should -Be 'dmz'
    }

    It 'are removed, and the first that is left becomes the primary one' {
        $null = Remove-VcdVMNetworkAdapter $off 2, 3 -Confirm:$false -Wait
        @(Get-Change).Count | Should -Be 1
        @(Get-VcdVMNetworkAdapter $off) | ForEach-Object { "$($_.Index) $($_.IsPrimary)" } | Should -Be @('0 True', '1 False')
    }

    It 'say with -WhatIf what changes, and send nothing' {
        Get-WhatIf "Set-VcdVMNetworkAdapter $off 1 -Network dmz -WhatIf" | Should -BeLike "*Set network adapter 1: network 'internal & db' → 'dmz'*virtual machine '$off' of vApp 'mail'*"
        Get-WhatIf "Remove-VcdVMNetworkAdapter $off 1 -WhatIf" | Should -BeLike "*Remove network adapter 1 (network 'internal & db', 10.*"
        Get-WhatIf "New-VcdVMNetworkAdapter $off dmz -WhatIf" | Should -BeLike "*Add network adapter 2: network 'dmz', mode 'POOL', connected*"
        Get-Change | Should -BeNullOrEmpty
    }

    It 'are refused before the request: <name>' -ForEach @(
        @{ name = 'a network that the vApp has not'; command = { Set-VcdVMNetworkAdapter vm-0016 0 -Network nowhere }; id = 'Vcd.Validation*'; says = "*-Network 'nowhere'*it has 'dmz', 'internal & db'*" }
        @{ name = 'a new adapter at such a one'; command = { New-VcdVMNetworkAdapter vm-0016 nowhere }; id = 'Vcd.Validation*'; says = "*it has 'dmz', 'internal & db'*" }
        @{ name = 'an address with DHCP'; command = { Set-VcdVMNetworkAdapter vm-0016 0 -Mode Dhcp -IPAddress 10.16.0.9 }; id = '*BadParameter*'; says = '*-Mode Manual*' }
        @{ name = 'Manual without an address'; command = { Set-VcdVMNetworkAdapter vm-0016 0 -Mode Manual }; id = '*BadParameter*'; says = '*-IPAddress*' }
        @{ name = 'an address that is none'; command = { Set-VcdVMNetworkAdapter vm-0016 0 -IPAddress 10.16.300.1 }; id = '*BadParameter*'; says = '*IP address*' }
        @{ name = 'a MAC address that is none'; command = { Set-VcdVMNetworkAdapter vm-0016 0 -MacAddress 0050.5600.0001 }; id = '*BadParameter*'; says = '*six pairs*' }
        @{ name = 'an address at no network'; command = { New-VcdVMNetworkAdapter vm-0016 -IPAddress 10.16.0.9 }; id = 'Vcd.Validation*'; says = '*is at no network*' }
        @{ name = 'one address for two'; command = { Set-VcdVMNetworkAdapter vm-0016 0, 1 -IPAddress 10.16.0.9 }; id = '*BadParameter*'; says = '*one address is for one network adapter*' }
    ) {
        $failure = Get-Failure $command
        $failure.FullyQualifiedErrorId | Should -BeLike $id
        Get-Text $failure | Should -BeLike $says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'complete the networks of the vApp' {
        Get-Word "Set-VcdVMNetworkAdapter $off 0 -Network " | Should -Be @('dmz', 'internal & db', 'none')
    }
}

Describe 'What is as it should be' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'is returned, and nothing is sent: <name>' -ForEach @(
        @{ name = 'a disk'; command = { Set-VcdVMDisk vm-0011 'Hard disk 1' -Size (Get-VcdVMDisk vm-0011 'Hard disk 1').Size }; type = 'VcdVMDisk' }
        @{ name = 'an adapter'; command = { Set-VcdVMNetworkAdapter vm-0011 0 -Network (Get-VcdVMNetworkAdapter vm-0011 0).Network }; type = 'VcdNetworkCard' }
        @{ name = 'a customization'; command = { Set-VcdGuestCustomization vm-0011 -Enabled:(Get-VcdGuestCustomization vm-0011).Enabled -Script '' }; type = 'VcdGuestCustomization' }
        @{ name = 'a property'; command = { Set-VcdProductSection web-01 @{ db_host = 'db01.example.com' } }; type = 'VcdProductSection' }
    ) {
        $output = & $command
        $output | Should -BeOfType "OrchestratorTools.Clients.Vcd.$type"
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Guest customization' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'is set, and shows a password to those only who ask' {
        $set = Set-VcdGuestCustomization $off -Enabled -ComputerName $inside[1] -AdminPassword $secret -ResetPasswordRequired -Script "#!/bin/sh`necho 1 < 2 & 3`n" -Wait
        $set | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdGuestCustomization
        $set.VM, $set.Enabled, $set.ComputerName, $set.AdminPasswordEnabled, $set.AdminPasswordAuto, $set.ResetPasswordRequired, $set.CustomizationScript | Should -Be @($off, $true, 'mail-2', $true, $false, $true, "#!/bin/sh`necho 1 < 2 & 3`n")
        $shown = Get-VcdGuestCustomization $off
        $shown.HasAdminPassword | Should -BeTrue
        $shown.AdminPassword | Should -BeNullOrEmpty
        ConvertFrom-SecureString (Get-VcdVM $off | Get-VcdGuestCustomization -IncludePassword).AdminPassword -AsPlainText | Should -Be 'T0p-s3cret!'
        ($shown | Format-List * | Out-String) + ($shown | ConvertTo-Json -WarningAction Ignore) | Should -Not -Match 'T0p-s3cret'
        Get-Change | Should -Be @('PUT /api/vApp/vm-ID/guestCustomizationSection/')
    }

    It 'keeps what is not named' {
        $null = Set-VcdGuestCustomization $off -ChangeSid -Wait
        $now = Get-VcdGuestCustomization $off -IncludePassword
        $now.ChangeSid, $now.ComputerName, $now.ResetPasswordRequired | Should -Be @($true, 'mail-2', $true)
        ConvertFrom-SecureString $now.AdminPassword -AsPlainText | Should -Be 'T0p-s3cret!'
        (Set-VcdGuestCustomization $off -ChangeSid:$false -ResetPasswordRequired:$false -Script '' -AdminPasswordAuto -Wait).AdminPasswordAuto | Should -BeTrue
    }

    It 'takes a script from a file, and a task comes out without -Wait' {
        Set-Content "$TestDrive/script.bat" "@echo off`r`necho ok`r`n" -NoNewline
        $null = Set-VcdGuestCustomization $off -ScriptPath "$TestDrive/script.bat" | Wait-VcdTask
        (Get-VcdGuestCustomization $off).CustomizationScript | Should -Be "@echo off`r`necho ok`r`n"
        (Get-Failure { Set-VcdGuestCustomization $off -ScriptPath "$TestDrive/none.bat" }).Exception.Message | Should -BeLike '*-ScriptPath*a file that can be read*'
    }

    It 'joins a domain, and warns where the password for it is not in the request' {
        $set = Set-VcdGuestCustomization $off -DomainName corp.example -DomainUserName joiner -DomainUserPassword $secret -MachineObjectOU 'OU=web' -Wait -WarningVariable none
        $set.JoinDomainEnabled, $set.UseOrgSettings, $set.DomainName, $set.DomainUserName, $set.MachineObjectOU | Should -Be @($true, $false, 'corp.example', 'joiner', 'OU=web')
        $none | Should -BeNullOrEmpty
        $null = Set-VcdGuestCustomization $off -ChangeSid -Wait -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike '*-DomainUserPassword*'
        (Set-VcdGuestCustomization $off -JoinDomainEnabled:$false -AdminAutoLogonCount 3 -Wait).AdminAutoLogonCount | Should -Be 3
    }

    It 'shows no secret in -WhatIf, -Verbose or -Debug' {
        $text = (Get-WhatIf "Set-VcdGuestCustomization $off -AdminPassword `$secret -ComputerName `$inside[2] -WhatIf") -join "`n"
        $text | Should -BeLike "*computer name 'mail-2' → 'mail-3', administrator's password*"
        $said = Set-VcdGuestCustomization $off -AdminPassword $secret -Wait -Verbose -Debug *>&1 | Out-String
        $said -match 'guestCustomizationSection' | Should -BeTrue
        ($text + $said) -match 'T0p-s3cret' | Should -BeFalse
    }

    It 'is refused before the request: <name>' -ForEach @(
        @{ name = 'a password beside a made-up one'; command = { Set-VcdGuestCustomization vm-0016 -AdminPassword $secret -AdminPasswordAuto }; says = '*-AdminPassword*' }
        @{ name = 'a domain beside the organization''s'; command = { Set-VcdGuestCustomization vm-0016 -UseOrgSettings -DomainName x }; says = '*-UseOrgSettings*' }
        @{ name = 'a domain for who joins none'; command = { Set-VcdGuestCustomization vm-0016 -JoinDomainEnabled:$false -DomainName x }; says = '*-JoinDomainEnabled*' }
        @{ name = 'a script twice'; command = { Set-VcdGuestCustomization vm-0016 -Script a -ScriptPath b }; says = '*not as both*' }
        @{ name = 'one computer name for two'; command = { Set-VcdGuestCustomization vm-0009, vm-0011 -ComputerName $inside[0] }; says = '*one name is for one virtual machine*' }
        @{ name = 'nothing to change'; command = { Set-VcdGuestCustomization vm-0016 }; says = '*there is nothing to change*' }
    ) {
        $failure = Get-Failure $command
        $failure.FullyQualifiedErrorId | Should -BeLike '*BadParameter*'
        Get-Text $failure | Should -BeLike $says
        Get-Change | Should -BeNullOrEmpty
    }
}

Describe 'Product sections' {
    BeforeEach {
        Clear-OrchestratorSimulatorFault -Simulator $simulator -RequestLog
    }

    It 'are shown of machines and vApps, passwords to those only who ask' {
        $section = Get-VcdProductSection web-01
        $section | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdProductSection
        $section.Name, $section.Kind, $section.Product, $section.Version, $section.Connection | Should -Be @('web-01', 'virtual machine', 'Storefront', '2.4', 'cloud')
        $section.Properties | ForEach-Object { "$_" } | Should -Be @('db_host=db01.example.com', 'db_port=5432', 'db_password=***', 'log_level=info', 'maintenance=false', 'build=2.4.17')
        ConvertFrom-SecureString ((Get-VcdVM web-01 | Get-VcdProductSection -IncludePassword).Properties | Where-Object IsPassword).SecureValue -AsPlainText | Should -Be 'initial-secret'
        @(Get-VcdProductSection -VApp web).Class | Should -Be @('com.example.site', 'com.example.site')
        @(Get-VcdVApp web | Where-Object Name -CEQ web | Get-VcdProductSection).Instance | Should -Be @('1', '2')
    }

    It 'take values of every type, all in one request, and keep the others' {
        $section = Set-VcdProductSection web-01 @{ db_port = 1234; maintenance = $true; db_password = $secret; log_level = 'debug' } -Wait
        $section.Properties | ForEach-Object { "$_" } | Should -Be @('db_host=db01.example.com', 'db_port=1234', 'db_password=***', 'log_level=debug', 'maintenance=true', 'build=2.4.17')
        ConvertFrom-SecureString ((Get-VcdProductSection web-01 -IncludePassword).Properties | Where-Object IsPassword).SecureValue -AsPlainText | Should -Be 'T0p-s3cret!'
        Get-Change | Should -Be @('PUT /api/vApp/vm-ID/productSections/')
    }

    It 'are set on vApps, by the whole name of a property where its key is not enough' {
        $task = Get-VcdVApp web | Where-Object Name -CEQ web | Set-VcdProductSection -Property @{ 'com.example.site.region.2' = 'west' }
        $task | Should -BeOfType OrchestratorTools.Clients.Vcd.VcdTask
        $null = $task | Wait-VcdTask
        (Get-VcdProductSection -VApp web).Properties.Value | Should -Be @('north', 'west')
    }

    It 'are refused before the request: <name>' -ForEach @(
        @{ name = 'a key that is not there'; command = { Set-VcdProductSection web-01 @{ nope = 1 } }; id = 'Vcd.NotFound*'; says = "*'nope'; it has 'db_host', 'db_port'*" }
        @{ name = 'a property that is not user-configurable'; command = { Set-VcdProductSection web-01 @{ build = 1 } }; id = 'Vcd.Validation*'; says = "*'build'*not user-configurable*" }
        @{ name = 'a key of two sections'; command = { Set-VcdProductSection -VApp web @{ region = 1 } }; id = 'Vcd.Ambiguous*'; says = "*'com.example.site.region.1', 'com.example.site.region.2'*" }
        @{ name = 'a number out of range'; command = { Set-VcdProductSection web-01 @{ db_port = 99999 } }; id = 'Vcd.Validation*'; says = '*0 to 65535*' }
        @{ name = 'a value that is none of the choices'; command = { Set-VcdProductSection web-01 @{ log_level = 'loud' } }; id = 'Vcd.Validation*'; says = "*one of 'error', 'info', 'debug'*" }
        @{ name = 'a value that is no text'; command = { Set-VcdProductSection web-01 @{ db_host = @{} } }; id = '*BadParameter*'; says = '*a SecureString*' }
    ) {
        $failure = Get-Failure $command
        $failure.FullyQualifiedErrorId | Should -BeLike $id
        Get-Text $failure | Should -BeLike $says
        Get-Change | Should -BeNullOrEmpty
    }

    It 'say with -WhatIf which properties, never what, and send nothing' {
        $line = Get-WhatIf 'Set-VcdProductSection web-01 @{ db_password = $secret; db_port = 80 } -WhatIf'
        $line | Should -BeLike "*Set product properties *'db_p*virtual machine 'web-01' of vApp 'web' at*"
        $line | Should -Not -Match 'T0p'
        $said = Set-VcdProductSection web-01 @{ db_password = $secret } -Wait -Debug -Verbose *>&1 | Out-String
        $said -match 'productSections' | Should -BeTrue
        $said -match 'T0p-s3cret|initial-secret' | Should -BeFalse
    }
}
